# Read by the start scripts: find_jdk VERSION looks for a JDK of at least that version and sets jdk (its folder) and jdk_key (a word for
# its exact build). It reads the "release" file that every JDK has, because starting each JVM to ask would take seconds.

find_jdk() {
    for candidate in \
        "${JAVA_HOME:-}" \
        "$(jdk_on_path)" \
        /usr/lib/jvm/* \
        /usr/java/* \
        /opt/* \
        /opt/java/* \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* \
        "${HOME:-/nonexistent}"/.asdf/installs/java/* \
        "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*; do
        if jdk_is_at_least "$candidate" "$1"; then
            jdk=$candidate
            jdk_key=$(jdk_build "$candidate")
            return 0
        fi
    done
    return 1
}

# The folder of the "java" on the PATH, behind all links; empty when there is none.
jdk_on_path() {
    java=$(command -v java 2>/dev/null) || return 0
    while [ -h "$java" ]; do
        link=$(readlink "$java")
        case $link in
            /*) java=$link ;;
            *) java=$(dirname "$java")/$link ;;
        esac
    done
    dirname "$(dirname "$java")"
}

jdk_is_at_least() {
    [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    major=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" | head -n 1)
    [ -n "$major" ] && [ "$major" -ge "$2" ]
}

# Version, build and maker in one word that can stand in a file name.
jdk_build() {
    sed -n 's/^\(IMPLEMENTOR\|IMPLEMENTOR_VERSION\|JAVA_RUNTIME_VERSION\|JAVA_VERSION\|OS_ARCH\)=//p' "$1/release" | cksum | tr ' ' '-'
}

no_jdk() {
    cat <<END
Mephisto needs a JDK $1 or newer, and there is none in JAVA_HOME ("${JAVA_HOME:-}"), on the PATH or in the usual folders
(/usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, /Library/Java/JavaVirtualMachines).
Install one, for example from https://adoptium.net, or set JAVA_HOME to where it is.
END
}
