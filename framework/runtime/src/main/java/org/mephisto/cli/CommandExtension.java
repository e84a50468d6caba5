package org.mephisto.cli;

/** A subcommand from another jar on the class path, such as {@code bench}; a picocli command found with ServiceLoader. */
public interface CommandExtension {}
