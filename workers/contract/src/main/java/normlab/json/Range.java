package normlab.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The range of a number in a record: of the component itself, of the value of an {@link java.util.Optional}, or of each
 * entry of a list. The record's constructor enforces it through {@link Ranges#check}, and the schema of experiment files
 * shows it to editors. An infinite limit is none.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Range {
    double atLeast() default Double.NEGATIVE_INFINITY;

    double above() default Double.NEGATIVE_INFINITY;

    double atMost() default Double.POSITIVE_INFINITY;

    double below() default Double.POSITIVE_INFINITY;

    /** Why, where the reader of a refusal may wonder. */
    String reason() default "";
}
