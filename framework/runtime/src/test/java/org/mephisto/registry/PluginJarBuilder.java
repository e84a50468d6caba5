package org.mephisto.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.mephisto.spi.SpiVersion;
import org.pf4j.ExtensionPoint;
import org.slf4j.Logger;

/** Makes real plugin jars: compiles sources in memory and writes classes, service files and manifest. */
public final class PluginJarBuilder {
    private static final String BLUEPRINTS = "org.mephisto.spi.blueprint.BlueprintFactory";

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, List<String>> services = new LinkedHashMap<>();
    private final Set<String> leftOut = new java.util.HashSet<>();
    private final List<Path> classPath = new ArrayList<>();

    /** A jar whose manifest describes a plugin. */
    public static PluginJarBuilder plugin(String id, String version) {
        return new PluginJarBuilder()
                .manifest("Plugin-Id", id)
                .manifest("Plugin-Version", version)
                .manifest("Plugin-Requires", SpiVersion.current());
    }

    PluginJarBuilder manifest(String key, String value) {
        manifest.put(key, value);
        return this;
    }

    PluginJarBuilder without(String key) {
        manifest.remove(key);
        return this;
    }

    public PluginJarBuilder source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    public PluginJarBuilder service(String extensionPoint, String className) {
        services.computeIfAbsent(extensionPoint, key -> new ArrayList<>()).add(className);
        return this;
    }

    /** Compiles the class and then forgets to put it in the jar. */
    PluginJarBuilder leaveOut(String className) {
        leftOut.add(className);
        return this;
    }

    PluginJarBuilder compileAgainst(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** A blueprint factory of this type, in the index. */
    PluginJarBuilder blueprint(String className, String type) {
        return blueprint(className, type, "");
    }

    /** @param members put into the class; may replace nothing of what is there */
    PluginJarBuilder blueprint(String className, String type, String members) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return source(className, """
                        package %s;
                        public class %s implements org.mephisto.spi.blueprint.BlueprintFactory {
                            public record Config(String text) {}
                            public String type() { return "%s"; }
                            public Class<? extends Record> configType() { return Config.class; }
                            public org.mephisto.spi.blueprint.Blueprint create(org.mephisto.spi.blueprint.BlueprintContext c) {
                                throw new IllegalStateException();
                            }
                            %s
                        }
                        """.formatted(
                                className.substring(0, className.lastIndexOf('.')), simple, type, members))
                .service(BLUEPRINTS, className);
    }

    public Path writeTo(Path folder, String fileName) throws IOException {
        Path jar = folder.resolve(fileName);
        Manifest written = new Manifest();
        written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> written.getMainAttributes().putValue(key, value));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), written)) {
            for (Map.Entry<String, byte[]> type : compile().entrySet()) {
                if (!leftOut.contains(type.getKey())) {
                    out.putNextEntry(new JarEntry(type.getKey().replace('.', '/') + ".class"));
                    out.write(type.getValue());
                }
            }
            for (Map.Entry<String, List<String>> service : services.entrySet()) {
                out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                out.write(("# Generated\n" + String.join("\n", service.getValue()) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Map<String, byte[]> compile() throws IOException {
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        if (!sources.isEmpty()) {
            JavaCompiler compiler =
                    Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "these tests need a JDK");
            DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
                boolean compiled = compiler.getTask(
                                null,
                                collectingInto(classes, files),
                                problems,
                                List.of("-proc:none", "-classpath", classPath()),
                                null,
                                sources.entrySet().stream()
                                        .map(source -> sourceFile(source.getKey(), source.getValue()))
                                        .toList())
                        .call();
                if (!compiled) {
                    throw new IllegalArgumentException(problems.getDiagnostics().toString());
                }
            }
        }
        return classes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toByteArray()));
    }

    private String classPath() {
        return Stream.concat(
                        classPath.stream(),
                        Stream.of(
                                        SpiVersion.class,
                                        ExtensionPoint.class,
                                        Logger.class,
                                        JsonNode.class,
                                        JsonFactory.class,
                                        JsonValue.class,
                                        Registry.class)
                                .map(PluginJarBuilder::home))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JavaFileObject sourceFile(String className, String source) {
        return new SimpleJavaFileObject(
                URI.create("memory:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static JavaFileManager collectingInto(
            Map<String, ByteArrayOutputStream> classes, StandardJavaFileManager files) {
        return new ForwardingJavaFileManager<>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String className, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + className + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        classes.put(className, bytes);
                        return bytes;
                    }
                };
            }
        };
    }
}
