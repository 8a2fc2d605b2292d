package store

import "biaochi/model"

// The accounts' tables are among those that TestSchemaIsThatOfTheModels compares.
func init() {
	liveModels = append(liveModels, &model.Account{}, &model.PasswordHistory{}, &model.Session{}, &model.RoleAssignment{},
		&model.UnitOffice{}, &model.OfficeDepartment{}, &model.Deputy{}, &rightsVersion{})
}
