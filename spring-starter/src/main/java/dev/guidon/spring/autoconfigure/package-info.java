/** Auto-configurations for Spring Boot, and the properties that they read. */
@NullMarked
package dev.guidon.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
