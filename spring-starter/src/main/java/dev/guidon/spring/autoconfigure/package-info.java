/** Configures Guidon in a Spring Boot application by what is there. */
@NullMarked
package dev.guidon.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
