package dev.guidon.evaluation;

import java.util.List;

/** A compiled condition. */
interface Criterion {

    /** Always holds. */
    Criterion ALWAYS = context -> Truth.TRUE;

    /** Whether the condition holds for a context. */
    Truth test(EvaluationContext context);

    /** The same; what most conditions are is called in a way that the virtual machine's compiler can see through. */
    static Truth ask(Criterion criterion, EvaluationContext context) {
        return criterion instanceof CompiledComparison comparison ? comparison.test(context) : criterion.test(context);
    }

    /** How many conditions it consists of. */
    default int size() {
        int size = 1;
        for (Criterion one : inner()) {
            size += one.size();
        }
        return size;
    }

    /** The conditions inside, in the order of the definition. */
    default List<Criterion> inner() {
        return List.of();
    }

    /** Kleene's conjunction ({@code decisive} FALSE) or disjunction ({@code decisive} TRUE). */
    record Junction(List<Criterion> of, Truth decisive) implements Criterion {
        @Override
        public Truth test(EvaluationContext context) {
            Truth result = decisive.negated();
            for (int i = 0; i < of.size(); i++) {
                Truth truth = Criterion.ask(of.get(i), context);
                if (truth == decisive) {
                    return truth;
                } else if (truth == Truth.UNKNOWN) {
                    result = truth;
                }
            }
            return result;
        }

        @Override
        public List<Criterion> inner() {
            return of;
        }
    }

    /** Kleene's negation. */
    record Negation(Criterion of) implements Criterion {
        @Override
        public Truth test(EvaluationContext context) {
            return of.test(context).negated();
        }

        @Override
        public List<Criterion> inner() {
            return List.of(of);
        }
    }

    /** UNKNOWN is FALSE. */
    record Assertion(Criterion of) implements Criterion {
        @Override
        public Truth test(EvaluationContext context) {
            return Truth.of(of.test(context) == Truth.TRUE);
        }

        @Override
        public List<Criterion> inner() {
            return List.of(of);
        }
    }

    /** The bucket lies in a range. */
    record Range(Bucketer bucketer, long from, long to) implements Criterion {
        @Override
        public Truth test(EvaluationContext context) {
            long bucket = bucketer.bucket(context);
            return bucket == Bucketer.MISSING ? Truth.UNKNOWN : Truth.of(bucket >= from && bucket < to);
        }
    }
}
