package normlab.learning.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * A loss surface in other coordinates: some of its blocks, each divided by a scale, with all others fixed at the origin. A
 * gradient there is scale·g, a Hessian scale·H·scale.
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
     * The filters and γs, each divided by its norm. Measurements here do not change when a filter or a γ is scaled and the
     * network computes the same function.
     */
    static ScaledSurface scaleFree(LossSurface whole) {
        List<Block> weights = whole.filters().stream().filter(b -> b.norm() > 0).toList();
        return new ScaledSurface(
                whole, weights, weights.stream().mapToDouble(Block::norm).toArray());
    }

    /** A single block, not scaled. */
    static ScaledSurface only(LossSurface whole, Block block) {
        return new ScaledSurface(whole, List.of(block), new double[] {1});
    }

    @Override
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public List<Block> filters() {
        return blocks;
    }

    @Override
    public int batches() {
        return whole.batches();
    }

    @Override
    public LossAndGradient evaluate(double[] displacement, int batch) {
        double[] outside = new double[whole.dimension()];
        for (int i = 0; i < scales.length; i++) {
            int shift = sources.get(i).from() - blocks.get(i).from();
            for (int k = blocks.get(i).from(); k < blocks.get(i).to(); k++) {
                outside[k + shift] = scales[i] * displacement[k];
            }
        }
        LossAndGradient at = whole.evaluate(outside, batch);
        return new LossAndGradient(at.loss(), gradient(at.gradient()));
    }

    /** Converts a gradient of the whole surface to these coordinates. */
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
