/** Tests of shards and of what streams out of them. */
@NullMarked
package normlab.dataset.shard;

import org.jspecify.annotations.NullMarked;
