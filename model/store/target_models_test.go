package store

// The target's own tables are among those that TestSchemaIsThatOfTheModels compares.
func init() { liveModels = append(liveModels, &targetContentRow{}, &targetTaskRow{}) }
