/** The flags of HTTP requests, for Spring MVC and WebFlux: scopes, and gates before handlers. */
@NullMarked
package dev.guidon.spring.web;

import org.jspecify.annotations.NullMarked;
