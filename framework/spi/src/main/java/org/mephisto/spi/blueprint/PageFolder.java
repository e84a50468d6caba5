package org.mephisto.spi.blueprint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;

/**
 * The folder that workers' browsers load from, while a {@link TaskBuilder} fills it. A later file replaces an earlier one of the same name.
 * Immutable.
 */
public final class PageFolder {
    private final Path root;

    public PageFolder(Path root) {
        this.root = root;
    }

    /** Writes text as UTF-8. */
    public void write(String name, String text) throws IOException {
        Path target = target(name);
        Files.deleteIfExists(target);
        Files.writeString(target, text, StandardCharsets.UTF_8);
    }

    /**
     * Writes a page that lies beside a class in its jar.
     *
     * @param title takes the place of <code>{{title}}</code>, escaped
     */
    public void writePage(Class<?> owner, String resource, String name, String title) throws IOException {
        try (InputStream in = open(owner, resource)) {
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            write(name, page.replace("{{title}}", escaped(title)));
        }
    }

    /** Copies a file that lies beside a class in its jar. */
    public void copyResource(Class<?> owner, String resource, String name) throws IOException {
        try (InputStream in = open(owner, resource)) {
            Files.copy(in, target(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static InputStream open(Class<?> owner, String resource) throws IOException {
        InputStream in = owner.getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException("\"" + resource + "\" is missing in the plugin of " + owner.getName()
                    + ". Install the plugin again.");
        }
        return in;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Copies a user's file. */
    public void copyFile(Path source, String name) throws IOException {
        Files.copy(source, target(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts a link to a user's file in place of a copy, so that changes show at once. Only works where the router runs on this machine. */
    public void linkFile(Path source, String name) throws IOException {
        Path target = target(name);
        Files.deleteIfExists(target);
        Files.createSymbolicLink(target, source.toRealPath());
    }

    /**
     * Copies all that a folder holds into the root, but what is hidden (a name that begins with a dot): that is seldom meant for workers.
     *
     * @throws MephistoException {@code FILE_UNUSABLE} when a link in it leads out of it: everything here will be public
     */
    public void copyContents(Path folder) throws IOException {
        Path from = folder.toRealPath();
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return isHidden(from, directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (isHidden(from, file)) {
                    return FileVisitResult.CONTINUE;
                }
                Path source = attributes.isSymbolicLink() ? linked(file, from) : file;
                copyFile(source, from.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isHidden(Path folder, Path file) {
        return !file.equals(folder) && String.valueOf(file.getFileName()).startsWith(".");
    }

    private static Path linked(Path link, Path folder) throws IOException {
        Path real = link.toRealPath();
        if (!real.startsWith(folder)) {
            throw unusable(link, "is a link that leads out of \"" + folder + "\", whose files workers can load");
        }
        if (Files.isDirectory(real)) {
            throw unusable(link, "is a link to a folder");
        }
        return real;
    }

    private static MephistoException unusable(Path link, String what) {
        return new MephistoException(
                ErrorCode.FILE_UNUSABLE, "\"" + link + "\" " + what + ". Copy what it leads to instead.");
    }

    private Path target(String name) throws IOException {
        Path target = root.resolve(name).normalize();
        if (!target.startsWith(root) || target.equals(root)) {
            throw new MephistoException(
                    ErrorCode.FILE_UNUSABLE, "\"" + name + "\" is not a file name inside the page's folder.");
        }
        Files.createDirectories(target.getParent());
        return target;
    }
}
