package normlab.learning.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import normlab.trial.PreparedDataset;

/**
 * What makes floats of bytes: (x/255 − mean)/sd by channel.
 *
 * @param scale 1/(255·sd)
 * @param shift −mean/sd
 */
record Standardisation(NDArray scale, NDArray shift) {
    static Standardisation of(NDManager manager, PreparedDataset dataset) {
        return new Standardisation(
                manager.create(scale(dataset.sd())), manager.create(shift(dataset.mean(), dataset.sd())));
    }

    private static float[] scale(List<Double> sd) {
        float[] scale = new float[sd.size()];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = (float) (1 / (255 * sd.get(i)));
        }
        return scale;
    }

    private static float[] shift(List<Double> mean, List<Double> sd) {
        float[] shift = new float[sd.size()];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = (float) (-mean.get(i) / sd.get(i));
        }
        return shift;
    }

    /** @param bytes (N, H, W, C) uint8 @return (N, C, H, W): stored as it was, which is PyTorch's channels-last */
    NDArray apply(NDArray bytes) {
        return bytes.toType(DataType.FLOAT32, true).muli(scale).addi(shift).transpose(0, 3, 1, 2);
    }
}
