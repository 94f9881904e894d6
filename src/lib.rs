// The dock.
