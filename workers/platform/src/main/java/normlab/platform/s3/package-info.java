/** The artifact store on any S3: S3Proxy on this machine, or a cluster's. */
@NullMarked
package normlab.platform.s3;

import org.jspecify.annotations.NullMarked;
