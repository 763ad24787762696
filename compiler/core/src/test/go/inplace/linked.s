// Lets functions of another package be declared without a body.
