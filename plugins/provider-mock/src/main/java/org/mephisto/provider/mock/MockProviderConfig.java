package org.mephisto.provider.mock;

/** Settings under {@code mephisto.provider} of the type {@code mock}: none but those that all providers have. */
record MockProviderConfig() {}
