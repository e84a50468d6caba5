package org.mephisto.spi.blueprint;

/**
 * An uploaded file.
 *
 * @param filename the name under which it is kept, in the run's folder of uploaded files
 * @param originalname the name it had on the worker's machine; never use it as a path
 * @param fieldname the form field it came from
 * @param mimetype as the browser said; not checked
 * @param size in bytes
 */
public record SubmittedFile(String filename, String originalname, String fieldname, String mimetype, long size) {}
