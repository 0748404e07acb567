package archviolations.store;

import com.google.re2j.Pattern;

record MatchesPatterns(Pattern pattern) {}
