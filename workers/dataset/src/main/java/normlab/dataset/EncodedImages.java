package normlab.dataset;

import java.io.IOException;

/** Image files of a set that are read one at a time. */
interface EncodedImages {
    ImageIndex index();

    /** The file as it is, mostly JPEG. */
    byte[] read(int image) throws IOException;
}
