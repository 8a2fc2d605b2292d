// Package catalogue owns the code lists that come with the program: the baseline
// of the budget classification (收支分类科目) that holds for every year without
// its own list. It knows nothing of databases; migrations put it there.
package catalogue

import (
	"embed"
	"encoding/csv"
	"fmt"

	"biaochi/model"
)

//go:embed data/*.csv
var data embed.FS

// lists says which file holds which list, and the columns of what an entry keeps
// beside code and name; the other columns say again what the code itself says.
var lists = []struct {
	file                       string
	kind                       model.CatalogueKind
	fundType, confidence, note string
}{
	{"functional", model.FunctionalCatalogue, "fund_type", "confidence", "note"},
	{"department_economic", model.DepartmentEconomicCatalogue, "", "name_confidence", ""},
	{"government_economic", model.GovernmentEconomicCatalogue, "", "confidence", "note"},
	{"revenue", model.RevenueCatalogue, "", "confidence", ""},
}

// mappingColumns says which column of the department codes holds the government
// code of which kind of unit; 参公事业单位 follow the administrative units.
var mappingColumns = []struct {
	kind   model.UnitKind
	column string
}{
	{model.Administrative, "gov_code_if_administrative_unit"},
	{model.CivilServiceManaged, "gov_code_if_administrative_unit"},
	{model.PublicInstitution, "gov_code_if_public_institution"},
}

// Baseline gives all entries and mappings of model.BaselineYear, in file order. A
// department code without a government code for a kind of unit has no mapping.
func Baseline() ([]model.CatalogueEntry, []model.EconomicMapping, error) {
	var entries []model.CatalogueEntry
	for _, list := range lists {
		rows, err := read(list.file)
		if err != nil {
			return nil, nil, err
		}
		for _, row := range rows {
			entries = append(entries, model.CatalogueEntry{
				Kind: list.kind, Year: model.BaselineYear, Code: row["code"], Name: row["name"],
				FundType: row[list.fundType], Confidence: row[list.confidence], Note: row[list.note],
			})
		}
	}
	mappings, err := baselineMappings()
	return entries, mappings, err
}

func baselineMappings() ([]model.EconomicMapping, error) {
	rows, err := read("department_economic")
	if err != nil {
		return nil, err
	}
	var mappings []model.EconomicMapping
	for _, row := range rows {
		for _, m := range mappingColumns {
			if row[m.column] == "" {
				continue
			}
			mappings = append(mappings, model.EconomicMapping{
				Year: model.BaselineYear, UnitKind: m.kind, DepartmentCode: row["code"],
				GovernmentCode: row[m.column], Confidence: row["mapping_confidence"],
			})
		}
	}
	return mappings, nil
}

// read gives the rows of a file by column name; no file has a column named "".
func read(name string) ([]map[string]string, error) {
	file, err := data.Open("data/" + name + ".csv")
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: %w", name, err)
	}
	defer func() { _ = file.Close() }()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: %w", name, err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("catalogue %s: no header", name)
	}
	rows := make([]map[string]string, 0, len(records)-1)
	for _, record := range records[1:] {
		row := make(map[string]string, len(record))
		for i, value := range record {
			row[records[0][i]] = value
		}
		rows = append(rows, row)
	}
	return rows, nil
}
