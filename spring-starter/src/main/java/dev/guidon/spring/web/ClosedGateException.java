package dev.guidon.spring.web;

import dev.guidon.definition.Shown;
import java.net.URI;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request came to a handler whose {@link dev.guidon.spring.FeatureGate} is closed for it. The answer is made of it like of any {@link
 * org.springframework.web.ErrorResponse}; an {@code @ExceptionHandler} of the application for this class comes first, if its advice is ordered before 0.
 */
public final class ClosedGateException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    private final String flagKey;

    ClosedGateException(String flagKey, int status) {
        super(HttpStatusCode.valueOf(status), ProblemDetail.forStatus(status), null);
        this.flagKey = flagKey;
    }

    /** {@return the flag that keeps the gate closed; not told to the client} */
    public String flagKey() {
        return flagKey;
    }

    @Override
    public String getMessage() {
        return "the gate of the flag '" + Shown.part(flagKey) + "' is closed: " + getStatusCode();
    }

    /** The problem details, for those who are not given the request's path by Spring. */
    ProblemDetail problemAt(URI request) {
        getBody().setInstance(URI.create(request.getRawPath()));
        return getBody();
    }
}
