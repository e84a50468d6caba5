package org.mephisto.plugin.provider.inhouse;

/** What {@code mephisto register inhouse} asks for beside the name: nothing. */
record InhouseRequester() {}
