package normlab.learning.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * A surface in other coordinates: some of its blocks, each divided by a scale, all others held at the origin. A gradient
 * there is scale·g, a Hessian scale·H·scale.
 */
final class ScaledSurface implements LossSurface {
    private final LossSurface whole;
    private final List<Block> sources;
    private final List<Block> blocks = new ArrayList<>();
    private final double[] scales;

    private ScaledSurface(LossSurface whole, List<Block> sources, double[] scales) {
        this.whole = whole;
        this.sources = sources;
        this.scales = scales;
        int from = 0;
        for (int i = 0; i < scales.length; i++) {
            Block source = sources.get(i);
            int to = from + source.size();
            blocks.add(new Block(source.name(), from, to, source.norm() / scales[i], source.weight()));
            from = to;
        }
    }

    /**
     * The weight arrays, each divided by its norm: what is measured here does not change when an array is scaled and the
     * function stays the same.
     */
    static ScaledSurface scaleFree(LossSurface whole) {
        List<Block> weights =
                whole.blocks().stream().filter(b -> b.weight() && b.norm() > 0).toList();
        return new ScaledSurface(
                whole, weights, weights.stream().mapToDouble(Block::norm).toArray());
    }

    /** One block alone, not scaled. */
    static ScaledSurface only(LossSurface whole, Block block) {
        return new ScaledSurface(whole, List.of(block), new double[] {1});
    }

    @Override
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public int batches() {
        return whole.batches();
    }

    @Override
    public Slope slope(double[] displacement, int batch) {
        double[] outside = new double[whole.dimension()];
        for (int i = 0; i < scales.length; i++) {
            int shift = sources.get(i).from() - blocks.get(i).from();
            for (int k = blocks.get(i).from(); k < blocks.get(i).to(); k++) {
                outside[k + shift] = scales[i] * displacement[k];
            }
        }
        Slope slope = whole.slope(outside, batch);
        return new Slope(slope.loss(), gradient(slope.gradient()));
    }

    /** A gradient of the whole surface in these coordinates. */
    double[] gradient(double[] outside) {
        double[] inside = new double[dimension()];
        for (int i = 0; i < scales.length; i++) {
            int shift = sources.get(i).from() - blocks.get(i).from();
            for (int k = blocks.get(i).from(); k < blocks.get(i).to(); k++) {
                inside[k] = scales[i] * outside[k + shift];
            }
        }
        return inside;
    }
}
