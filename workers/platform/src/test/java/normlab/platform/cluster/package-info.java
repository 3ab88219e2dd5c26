/** Servers in containers, for the tests of the adapters. */
@NullMarked
package normlab.platform.cluster;

import org.jspecify.annotations.NullMarked;
