/** What the actuator shows of flags. */
@NullMarked
package dev.guidon.spring.actuate;

import org.jspecify.annotations.NullMarked;
