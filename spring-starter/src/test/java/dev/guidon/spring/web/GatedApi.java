package dev.guidon.spring.web;

import dev.guidon.spring.FeatureGate;

/** What a controller implements. */
interface GatedApi {

    @FeatureGate("off")
    String api();
}
