package org.mephisto.router;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mephisto.router.PendingRequests.StoredFile;
import org.mephisto.spi.blueprint.SubmittedFile;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A form with files on its way in: its files are streamed to the uploads folder while they come, and are on disk under their own names
 * before anybody hears of the form. Whatever goes wrong, no file of a refused form stays. On the event loop, but for the disk.
 */
final class MultipartForm {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartForm.class);
    private static final int MOST_FILES = 200;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Uploads uploads;
    private final RouterOptions.Limits limits;
    private final List<Part> parts = new ArrayList<>();
    private @Nullable Refusal refused;
    private long length;

    /** A file while it is written. */
    private record Part(HttpServerFileUpload upload, Path temporary, Future<Void> written) {}

    /**
     * A form that is whole.
     *
     * @param fields the text fields
     * @param files on disk for good
     */
    record Received(MultiMap fields, List<SubmittedFile> files) {
        /** The names under which the files are kept. */
        List<StoredFile> stored() {
            return files.stream().map(file -> new StoredFile(file.filename())).toList();
        }

        /** Appends {@code "files": [...], "filesByFields": {field: [...]}}. */
        void appendFiles(StringBuilder json) {
            ArrayNode all = Json.array();
            ObjectNode byFields = Json.object();
            for (SubmittedFile file : files) {
                ObjectNode node = Json.object()
                        .put("filename", file.filename())
                        .put("originalname", file.originalname())
                        .put("fieldname", file.fieldname())
                        .put("mimetype", file.mimetype())
                        .put("size", file.size());
                all.add(node);
                byFields.withArrayProperty(file.fieldname()).add(node);
            }
            json.append("\"files\":").append(all).append(",\"filesByFields\":").append(byFields);
        }
    }

    private MultipartForm(Vertx vertx, HttpServerRequest request, Uploads uploads, RouterOptions.Limits limits) {
        this.vertx = vertx;
        this.request = request;
        this.uploads = uploads;
        this.limits = limits;
    }

    /** Takes a form in and gives it on; answers the request itself when there is something wrong. */
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            Uploads uploads,
            RouterOptions.Limits limits,
            Consumer<Received> use) {
        if (Bodies.declaredLength(request) > limits.multipartBytes()) {
            Bodies.refuseAfterBody(request, Refusal.tooLarge("The form with files", limits.multipartBytes()));
            return;
        }
        MultipartForm form = new MultipartForm(vertx, request, uploads, limits);
        try {
            request.setExpectMultipart(true);
        } catch (RuntimeException e) {
            Bodies.refuseAfterBody(
                    request,
                    Refusal.invalid("The form cannot be read: its Content-Type says \"multipart/form-data\" without a"
                            + " usable boundary."));
            return;
        }
        Bodies.continueIfExpected(request);
        request.uploadHandler(form::onUpload);
        request.handler(chunk -> form.onChunk(chunk.length()));
        request.exceptionHandler(form::onBroken);
        request.endHandler(end -> form.onEnd(use));
    }

    private void onUpload(HttpServerFileUpload upload) {
        if (refused != null || parts.size() >= MOST_FILES) {
            refuse(Refusal.invalid("More than " + MOST_FILES + " files were sent at once. Send fewer."));
            upload.handler(thrownAway -> {});
            return;
        }
        Path temporary = uploads.temporary();
        parts.add(new Part(upload, temporary, upload.streamToFileSystem(temporary.toString())));
    }

    private void onChunk(int bytes) {
        length += bytes;
        if (length > limits.multipartBytes()) {
            refuse(Refusal.tooLarge("The form with files", limits.multipartBytes()));
            if (length > 4 * limits.multipartBytes()) {
                request.connection().close();
            }
        }
    }

    private void refuse(Refusal refusal) {
        if (refused == null) {
            refused = refusal;
            for (Part part : parts) {
                stopWriting(part);
            }
        }
    }

    private static void stopWriting(Part part) {
        try {
            part.upload.cancelStreamToFileSystem();
        } catch (IllegalStateException e) {
            LOG.debug("An upload had ended already: {}", e.getMessage());
        }
    }

    private void onBroken(Throwable cause) {
        LOG.debug("A form did not arrive whole: {}", cause.getMessage());
        refuse(Refusal.invalid("The form could not be read or did not arrive whole (a text field takes at most "
                + (limits.jsonBodyBytes() >> 20) + " MiB). Please send it again."));
        discardAndRefuse();
    }

    private void onEnd(Consumer<Received> use) {
        if (refused != null) {
            discardAndRefuse();
            return;
        }
        List<Future<Void>> written = parts.stream().map(Part::written).toList();
        Future.all(written)
                .compose(whole -> vertx.executeBlocking(this::keepAll, false))
                .onSuccess(files ->
                        Bodies.guard(request, () -> use.accept(new Received(request.formAttributes(), files))))
                .onFailure(cause -> {
                    LOG.error("Uploaded files cannot be kept.", cause);
                    refuse(Refusal.of(
                            ErrorCode.STORE_FAILED, "The files could not be stored just now. Please try again."));
                    discardAndRefuse();
                });
    }

    private List<SubmittedFile> keepAll() throws IOException {
        List<SubmittedFile> kept = new ArrayList<>(parts.size());
        try {
            for (Part part : parts) {
                String original = part.upload.filename() == null ? "" : part.upload.filename();
                long size = Files.size(part.temporary);
                if (original.isEmpty() && size == 0) {
                    // What browsers send for a file field that was left empty.
                    Files.delete(part.temporary);
                    continue;
                }
                String filename = uploads.keep(part.temporary, original).filename();
                String type = part.upload.contentType();
                kept.add(new SubmittedFile(
                        filename,
                        original,
                        part.upload.name(),
                        type == null ? "application/octet-stream" : type,
                        size));
            }
            if (!kept.isEmpty()) {
                uploads.syncFolder();
            }
            return kept;
        } catch (IOException e) {
            uploads.discard(new Received(MultiMap.caseInsensitiveMultiMap(), kept).stored());
            throw e;
        }
    }

    /** Deletes once nothing is written any more, whether well or not. */
    private void discardAndRefuse() {
        List<Path> temporary = parts.stream().map(Part::temporary).toList();
        Future.join(parts.stream().map(Part::written).toList())
                .onComplete(ended -> vertx.executeBlocking(
                        () -> {
                            uploads.discardTemporary(temporary);
                            return temporary;
                        },
                        false));
        Refusal refusal = refused;
        if (refusal != null) {
            Answers.refuse(request, refusal);
        }
    }
}
