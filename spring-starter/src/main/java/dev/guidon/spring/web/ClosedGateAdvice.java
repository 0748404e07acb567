package dev.guidon.spring.web;

import dev.guidon.spring.ClosedGateException;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Answers requests whose gate is closed with problem details, in Spring MVC and WebFlux. Ordered as Spring Boot's own advice for problem
 * details is, so before an application's handler of all exceptions.
 */
@ControllerAdvice
@Order(0)
public final class ClosedGateAdvice {

    /** For the auto-configuration to call. */
    public ClosedGateAdvice() {}

    /**
     * Makes the answer.
     *
     * @param closed what happened
     * @return status and problem details
     */
    @ExceptionHandler
    public ResponseEntity<ProblemDetail> answer(ClosedGateException closed) {
        return ResponseEntity.status(closed.status()).body(ProblemDetail.forStatus(closed.status()));
    }
}
