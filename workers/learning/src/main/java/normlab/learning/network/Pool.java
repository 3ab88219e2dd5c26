package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import normlab.json.InvalidInputException;

/** Pooling of (N, C, H, W) to fewer pixels. */
sealed interface Pool extends Layer permits Pool.Maximum, Pool.Average, Pool.GlobalAverage {
    /** The largest value of each square window. */
    record Maximum(int size, int stride, int padding) implements Pool {
        @Override
        public String operation() {
            return "%1$d×%1$d max-pool".formatted(size);
        }

        @Override
        public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
            return x.getNDArrayInternal()
                    .maxPool(new Shape(size, size), new Shape(stride, stride), new Shape(padding, padding), false);
        }

        @Override
        public Shape output(Shape input) {
            return slid("max-pool", input, input.get(0), size, stride, padding);
        }
    }

    /** The mean of each square window. Windows do not overlap. */
    record Average(int size) implements Pool {
        @Override
        public String operation() {
            return "%1$d×%1$d average pool".formatted(size);
        }

        @Override
        public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
            Shape window = new Shape(size, size);
            return x.getNDArrayInternal().avgPool(window, window, new Shape(0, 0), false, true);
        }

        @Override
        public Shape output(Shape input) {
            return slid("average pool", input, input.get(0), size, size, 0);
        }
    }

    /** (N, C, H, W) → (N, C), which is float32. */
    record GlobalAverage() implements Pool {
        @Override
        public String operation() {
            return "global average pool";
        }

        @Override
        public NDArray forward(NDArray x, ParameterStore store, Mode mode) {
            return store.arithmetic(mode).widen(x).getNDArrayInternal().globalAvgPool();
        }

        @Override
        public Shape output(Shape input) {
            return new Shape(input.get(0));
        }
    }

    @Override
    default List<Part> parts(Shape input) {
        return List.of();
    }

    /**
     * The output shape of a window that slides over (C, H, W).
     *
     * @throws InvalidInputException if the image is smaller than the window
     */
    static Shape slid(String layer, Shape input, long channels, int size, int stride, int padding) {
        long height = Math.floorDiv(input.get(1) + 2L * padding - size, stride) + 1;
        long width = Math.floorDiv(input.get(2) + 2L * padding - size, stride) + 1;
        if (height < 1 || width < 1) {
            throw new InvalidInputException(
                    "network",
                    "%s reads %d×%d pixels, its window needs %d×%d; use larger images, or another network"
                            .formatted(layer, input.get(1), input.get(2), size, size));
        }
        return new Shape(channels, height, width);
    }
}
