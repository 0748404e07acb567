package dev.guidon.spring.actuate;

import dev.guidon.definition.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.invoke.ParameterMappingException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;

/**
 * Refuses requests to the endpoint {@code flags} that have what it does not know, which Boot passes over, and says in the answer what is
 * wrong, which Boot leaves out.
 */
final class EndpointRequestCheck implements OperationInvokerAdvisor {

    private static final EndpointId FLAGS = EndpointId.of("flags");
    private static final String KEY = "key";

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        return endpoint.equals(FLAGS) ? context -> invoke(context, parameters, invoker) : invoker;
    }

    private static @Nullable Object invoke(
            InvocationContext context, OperationParameters parameters, OperationInvoker invoker) {
        if (!context.canResolve(WebServerNamespace.class)) {
            return invoker.invoke(context);
        }
        List<String> problems = unknown(context, parameters);
        if (!problems.isEmpty()) {
            return refused(String.join("; ", problems));
        }
        try {
            return invoker.invoke(context);
        } catch (ParameterMappingException e) {
            return refused(e.getParameter().getName() + ": found " + Shown.part(String.valueOf(e.getValue()))
                    + "; allowed: a value of type "
                    + e.getParameter().getType().getSimpleName());
        } catch (InvalidEndpointRequestException e) {
            return refused(String.valueOf(e.getReason()));
        }
    }

    private static List<String> unknown(InvocationContext context, OperationParameters parameters) {
        List<String> allowed = new ArrayList<>();
        boolean keyed = false;
        for (var parameter : parameters) {
            keyed |= parameter.getName().equals(KEY);
            if (!List.of(KEY, "securityContext").contains(parameter.getName())) {
                allowed.add(parameter.getName());
            }
        }
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, Object> argument : context.getArguments().entrySet()) {
            String name = argument.getKey();
            // that of the path is an array; Boot lets a field or parameter of this name take its place
            boolean path = keyed && name.equals(KEY) && argument.getValue() instanceof String[];
            if (!path && !allowed.contains(name)) {
                problems.add(Shown.part(name) + ": unknown; allowed: "
                        + (allowed.isEmpty() ? "nothing" : String.join(", ", allowed)));
            }
        }
        return problems;
    }

    private static WebEndpointResponse<Map<String, String>> refused(String problem) {
        return new WebEndpointResponse<>(Map.of("problem", problem), WebEndpointResponse.STATUS_BAD_REQUEST);
    }
}
