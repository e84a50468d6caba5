package org.mephisto.config.hooks;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.config.ConfigException;
import org.mephisto.spi.config.Problem;

/** Compiles one source file in memory, against what code from outside may see. */
final class HookCompiler {
    private static final int MOST_ERRORS = 10;
    /** A class of each library that hooks may use; javac gets these jars and no other. */
    private static final List<String> VISIBLE = List.of(
            "org.mephisto.spi.error.MephistoException",
            "com.fasterxml.jackson.databind.JsonNode",
            "com.fasterxml.jackson.core.JsonParser",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "org.slf4j.Logger",
            "org.jspecify.annotations.Nullable",
            "org.pf4j.ExtensionPoint");

    /** A configuration is checked when it is read and again when it is launched; the compiler is only needed once. */
    private static volatile @Nullable Compiled last;

    private HookCompiler() {}

    private record Compiled(Path file, String source, Map<String, byte[]> classes) {}

    /**
     * @return the class files by the names of their classes
     * @throws ConfigException with each error's line, and a caret below the place
     */
    static Map<String, byte[]> compile(Path file, String source) {
        Compiled known = last;
        if (known != null && known.file.equals(file) && known.source.equals(source)) {
            return known.classes;
        }
        Map<String, byte[]> classes = compileAnew(file, source);
        last = new Compiled(file, source, classes);
        return classes;
    }

    private static Map<String, byte[]> compileAnew(Path file, String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new ConfigException(
                    file.getFileName().toString(),
                    "cannot be compiled: this Java (" + System.getProperty("java.home")
                            + ") has no compiler. Start Mephisto with a JDK instead of a JRE, or use {url: ...} instead of {java: ...}.");
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileManager standard = compiler.getStandardFileManager(found, Locale.ENGLISH, StandardCharsets.UTF_8);
        try (ClassFiles classes = new ClassFiles(standard)) {
            boolean compiled = compiler.getTask(
                            Writer.nullWriter(),
                            classes,
                            found,
                            List.of("-proc:none", "-parameters", "-g", "-nowarn", "-classpath", classPath()),
                            null,
                            List.of(new Source(file, source)))
                    .call();
            if (!compiled) {
                throw new ConfigException(problems(file, source, found.getDiagnostics()));
            }
            return classes.bytes();
        } catch (IOException e) {
            throw new ConfigException(file.getFileName().toString(), "cannot be compiled (" + e + ").");
        }
    }

    private static List<Problem> problems(
            Path file, String source, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<Problem> problems = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> each : diagnostics) {
            if (each.getKind() == Diagnostic.Kind.ERROR && problems.size() < MOST_ERRORS) {
                String place = file.getFileName() + (each.getLineNumber() > 0 ? ":" + each.getLineNumber() : "");
                problems.add(new Problem(place, each.getMessage(Locale.ENGLISH) + quoted(source, each)));
            }
        }
        return problems;
    }

    /** The line and a caret below the place; tabs stay tabs, so that they are as wide in both. */
    private static String quoted(String source, Diagnostic<?> diagnostic) {
        int position = (int) Math.min(diagnostic.getPosition(), source.length());
        if (position < 0) {
            return "";
        }
        int start = source.lastIndexOf('\n', position - 1) + 1;
        String line = source.substring(start).lines().findFirst().orElse("");
        return "\n    " + line + "\n    " + source.substring(start, position).replaceAll("[^\t]", " ") + "^";
    }

    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        for (String name : VISIBLE) {
            try {
                CodeSource source = Class.forName(name, false, HookCompiler.class.getClassLoader())
                        .getProtectionDomain()
                        .getCodeSource();
                if (source != null) {
                    places.add(Path.of(source.getLocation().toURI()).toString());
                }
            } catch (ClassNotFoundException | URISyntaxException e) {
                // hooks that use it are told by the compiler that it is not there
            }
        }
        return String.join(File.pathSeparator, places);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(
                    file.getFileName().toString(),
                    "cannot be read (" + e + "). It must be a text file in UTF-8 beside the task's YAML file.");
        }
    }

    /** The source as the compiler sees it: under its own name, whatever its folder is called. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path file, String text) {
            super(URI.create("string:///" + file.getFileName()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps class files in memory. */
    private static final class ClassFiles extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        ClassFiles(JavaFileManager standard) {
            super(standard);
        }

        Map<String, byte[]> bytes() {
            Map<String, byte[]> classes = new LinkedHashMap<>();
            written.forEach((name, file) -> classes.put(name, file.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
