package org.mephisto.router;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.MimeMapping;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the files of one folder and nothing else. A path is refused when it could mean a place outside, in whatever writing; links are
 * followed only when they stay inside, or stand directly in the folder and lead to a file, as a linked bundle does. Browsers keep files
 * but ask each time whether they are still current. Files are looked up on worker threads.
 */
final class StaticFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);

    private final Vertx vertx;
    private final Path root;
    private final Path uploads;

    private StaticFiles(Vertx vertx, Path root, Path uploads) {
        this.vertx = vertx;
        this.root = root;
        this.uploads = uploads;
    }

    /** @param uploads never served, even when it lies inside the folder */
    static StaticFiles of(Vertx vertx, Path folder, Path uploads) {
        try {
            Path root = folder.toRealPath();
            if (Files.isDirectory(root)) {
                return new StaticFiles(vertx, root, uploads);
            }
        } catch (IOException e) {
            LOG.debug("The folder to serve cannot be resolved.", e);
        }
        throw new MephistoException(
                ErrorCode.FILE_UNUSABLE,
                "The folder to serve \"" + folder + "\" is not there. Build the page first, or correct the path.");
    }

    /** A file as it was when it was looked up. */
    private record Found(Path file, long size, String etag, String modified) {}

    /** Answers with the file at the request's path. */
    void serve(HttpServerRequest request) {
        serve(request, request.path());
    }

    /** Answers with the file at this path, as it would stand in an address. */
    void serve(HttpServerRequest request, String path) {
        String relative = relative(path);
        vertx.executeBlocking(() -> find(relative), false)
                .onSuccess(found -> Bodies.guard(request, () -> {
                    if (found == null) {
                        throw notFound(path);
                    }
                    send(request, found);
                }))
                .onFailure(e -> {
                    LOG.error("The file at \"{}\" cannot be served.", path, e);
                    Answers.refuse(request, new Refusal(500, "INTERNAL", "The file cannot be read. Please try again."));
                });
    }

    static Refusal notFound(String path) {
        return Refusal.of(ErrorCode.NOT_FOUND, "There is nothing at \"" + path + "\" on this task server.");
    }

    /** The path under the folder. @throws Refusal when it is not a plain one */
    private static String relative(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        if (!path.startsWith("/")
                || lower.contains("%2f")
                || lower.contains("%5c")
                || path.indexOf('\\') >= 0
                || path.contains("//")) {
            throw trick(path);
        }
        String decoded = decode(path);
        for (String segment : decoded.substring(1).split("/", -1)) {
            if (segment.equals("..") || segment.equals(".")) {
                throw trick(path);
            }
            if (segment.startsWith(".")) {
                throw notFound(path);
            }
        }
        return decoded.equals("/") ? "index.html" : decoded.substring(1);
    }

    private static String decode(String path) {
        try {
            String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (decoded.chars().anyMatch(c -> c < ' ' || c == '\\' || c == '\uFFFD' || c == 127)) {
                throw trick(path);
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw trick(path);
        }
    }

    private static Refusal trick(String path) {
        return Refusal.invalid("The path \"" + path + "\" is not a plain path of a file: no \"..\", no backslash and no"
                + " encoded separator may stand in it.");
    }

    private @Nullable Found find(String relative) throws IOException {
        Path file;
        try {
            file = root.resolve(relative);
        } catch (InvalidPathException e) {
            return null;
        }
        if (!Files.isRegularFile(file) || !isInside(file)) {
            return null;
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long modified = attributes.lastModifiedTime().toMillis();
        String etag = "\"" + Long.toHexString(attributes.size()) + "-" + Long.toHexString(modified) + "\"";
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                attributes.lastModifiedTime().toInstant().atOffset(ZoneOffset.UTC));
        return new Found(file, attributes.size(), etag, date);
    }

    private boolean isInside(Path file) throws IOException {
        Path real = file.toRealPath();
        if (real.startsWith(uploads)) {
            return false;
        }
        boolean linkedIntoRoot = root.equals(file.getParent())
                && Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isSymbolicLink();
        return real.startsWith(root) || linkedIntoRoot;
    }

    private static void send(HttpServerRequest request, Found found) {
        HttpServerResponse response = request.response();
        if (!Answers.isOpen(response)) {
            return;
        }
        response.putHeader(HttpHeaders.ETAG, found.etag)
                .putHeader(HttpHeaders.LAST_MODIFIED, found.modified)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (isCurrent(request, found)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType(found.file));
        response.putHeader("X-Content-Type-Options", "nosniff");
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(found.size))
                    .end();
            return;
        }
        response.sendFile(found.file.toString())
                .onFailure(e -> LOG.debug("A file was not sent to its end: {}", e.getMessage()));
    }

    private static boolean isCurrent(HttpServerRequest request, Found found) {
        String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known == null) {
            return found.modified.equals(request.getHeader(HttpHeaders.IF_MODIFIED_SINCE));
        }
        for (String tag : known.split(",")) {
            String strong = tag.strip();
            if (strong.equals("*") || strong.equals(found.etag) || strong.equals("W/" + found.etag)) {
                return true;
            }
        }
        return false;
    }

    private static String contentType(Path file) {
        String type = MimeMapping.mimeTypeForFilename(file.getFileName().toString());
        if (type == null) {
            return "application/octet-stream";
        }
        boolean isText = type.startsWith("text/") || type.endsWith("javascript") || type.equals("application/json");
        return isText ? type + "; charset=utf-8" : type;
    }
}
