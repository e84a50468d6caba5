/** The example {@code remote-procedure-task}: a page that asks Java code how easy a text is to read. */
@NullMarked
package org.mephisto.example.plainlanguage;

import org.jspecify.annotations.NullMarked;
