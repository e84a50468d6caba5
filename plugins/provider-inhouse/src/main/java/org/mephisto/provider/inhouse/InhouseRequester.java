package org.mephisto.provider.inhouse;

/** What {@code mephisto register inhouse} asks for beside the name: nothing. */
record InhouseRequester() {}
