package archviolations.definition;

interface Open {}
