/**
 * How far several workers who did the same assignment agree, and what they come to together. Plain functions over {@link
 * org.mephisto.agreement.Ratings}, on the caller's thread; {@link org.mephisto.agreement.RatingsReader} takes those from a task's export.
 * Kappa and alpha are DKPro Statistics'; votes and Dawid-Skene are our own.
 */
@NullMarked
package org.mephisto.agreement;

import org.jspecify.annotations.NullMarked;
