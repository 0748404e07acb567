/** A program to try Guidon with, and its code to learn Guidon from: start with {@code Quickstart}. */
@NullMarked
package dev.guidon.examples.quickstart;

import org.jspecify.annotations.NullMarked;
