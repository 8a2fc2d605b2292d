package exchange

import (
	"strings"

	"biaochi/model"
	"biaochi/model/store"
)

// LoadCodes reads the year's catalogues for Validate.
func LoadCodes(tx *store.Tx, year int) (Codes, error) {
	lists := map[model.CatalogueKind]map[string]string{}
	for _, kind := range []model.CatalogueKind{
		model.FunctionalCatalogue, model.DepartmentEconomicCatalogue,
		model.GovernmentEconomicCatalogue, model.RevenueCatalogue,
	} {
		entries, err := tx.Catalogue(kind, year)
		if err != nil {
			return Codes{}, err
		}
		lists[kind] = make(map[string]string, len(entries))
		for _, e := range entries {
			lists[kind][e.Code] = e.Name
		}
	}
	look := func(kind model.CatalogueKind) func(string) (string, bool) {
		return func(code string) (string, bool) {
			name, ok := lists[kind][code]
			return name, ok
		}
	}
	return Codes{
		Functional:         look(model.FunctionalCatalogue),
		DepartmentEconomic: look(model.DepartmentEconomicCatalogue),
		GovernmentEconomic: look(model.GovernmentEconomicCatalogue),
		Revenue:            look(model.RevenueCatalogue),
	}, nil
}

// placeUnit finds or makes the region, the parent, the unit and the year.
func (in *importer) placeUnit() error {
	region, err := in.region()
	if err != nil {
		return err
	}
	parentPath, err := in.parentPath(region.Code)
	if err != nil {
		return err
	}
	if err := in.saveUnit(region.Code, model.ChildPath(parentPath, in.p.Unit.Code)); err != nil {
		return err
	}
	return in.tx.EnsureYear(region.Code, in.p.Year, model.DefaultTreeKey)
}

// region is the one the package names, made where it is new; else the one asked
// for; else the installation's only one.
func (in *importer) region() (model.Region, error) {
	code := in.p.Unit.RegionCode
	if code == "" {
		return in.tx.OnlyRegion(in.opts.Region)
	}
	region, err := in.tx.Region(code)
	if model.CodeOf(err) != model.NotFound {
		return region, err
	}
	region = model.Region{Code: code, Name: in.p.Unit.RegionName, SetKey: model.DefaultSetKey}
	if region.Name == "" {
		region.Name = code
	}
	in.result.NewRegion = code
	return region, in.tx.SaveRegion(&region)
}

// parentPath is the path of the unit's parent, which becomes a stub where it is
// unknown.
func (in *importer) parentPath(region string) (string, error) {
	code := in.p.Unit.ParentCode
	if code == "" {
		return model.RegionPath(region), nil
	}
	parent, err := in.tx.UnitByCode(store.Everything(), region, code)
	if err == nil {
		return parent.Path, in.refuseCycle(parent)
	}
	if model.CodeOf(err) != model.NotFound {
		return "", err
	}
	parent = model.BudgetUnit{
		RegionCode: region, Code: code, Name: code,
		Path: model.ChildPath(model.RegionPath(region), code), Stub: true,
	}
	in.result.Stub = code
	return parent.Path, in.tx.AddUnit(&parent)
}

func (in *importer) refuseCycle(parent model.BudgetUnit) error {
	for _, code := range strings.Split(parent.Path, "/")[1:] {
		if code == in.p.Unit.Code {
			return refuse([]model.Problem{{Path: "$.unit.parentCode", Message: "主管部门 " + parent.Code + " 本身在本单位之下，不能互为上级"}})
		}
	}
	return nil
}

// saveUnit makes the unit, or brings it up to what the package says of it; a unit
// under another parent than before takes all below it along.
func (in *importer) saveUnit(region, path string) error {
	h := in.p.Unit
	unit, err := in.tx.UnitByCode(store.Everything(), region, h.Code)
	if model.CodeOf(err) == model.NotFound && err != nil {
		in.unit = model.BudgetUnit{
			RegionCode: region, Code: h.Code, Name: h.Name, Kind: h.Kind,
			ParentCode: h.ParentCode, Path: path,
		}
		return in.tx.AddUnit(&in.unit)
	}
	if err != nil {
		return err
	}
	was := unit
	unit.Name, unit.Kind, unit.ParentCode, unit.Stub = h.Name, h.Kind, h.ParentCode, false
	if was.Path != path {
		if err := in.tx.MoveUnits(was.Path, path); err != nil {
			return err
		}
		// Rights follow the tree: whoever has some is to be asked anew.
		if err := in.tx.BumpRights(); err != nil {
			return err
		}
		unit.Path = path
	}
	in.unit = unit
	if unit == was {
		return nil
	}
	in.result.UnitChanged = true
	return in.tx.UpdateUnit(&in.unit)
}
