package normlab.dataset;

import java.io.IOException;

/** A dataset's training and test set as image files, which are too many or too large for memory. */
interface EncodedData {
    /** The files of a set, which are read one at a time. */
    interface Images {
        ImageIndex index();

        /** The file as it is, mostly JPEG. */
        byte[] read(int image) throws IOException;
    }

    Images train();

    Images test();

    /** Whether images of a class follow each other, so that their order must be changed for training. */
    boolean isSortedByClass();
}
