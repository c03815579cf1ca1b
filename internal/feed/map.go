package feed

// Map says how the fields of a record that vigil does not know become those of an incident. It is the
// [source.map] of vigil.toml.
type Map struct {
	// Fields gives, for a field of an incident by its name in the native format ("occurred", "country",
	// "affected.killed"), where its value stands: the heading or the HXL tag of a column, or the path of a
	// property with dots. A value that begins with "=" is that text for every record.
	Fields map[string]string
	// Values gives, for a field, our word for each word of the source.
	Values map[string]map[string]string
}
