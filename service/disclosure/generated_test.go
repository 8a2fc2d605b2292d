package disclosure_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"

	"biaochi/model"
	"biaochi/service/exchange/exchangetest"
)

// generated makes a department of so many units: sound, with every fund kind, with
// reasons for whatever changed and plain texts.
func generated(seed uint64, units int) []pack {
	r := rand.New(rand.NewPCG(seed, 11))
	var packs []pack
	for i := range units {
		o := exchangetest.Options{UnitCode: fmt.Sprintf("80%d", seed), Year: 2025, Kind: model.UnitKinds[(int(seed)+i)%3]}
		if i > 0 {
			o.ParentCode, o.UnitCode = o.UnitCode, fmt.Sprintf("80%d%03d", seed, i)
		}
		p := exchangetest.Random(r, o)
		made := pack{Year: p.Year, Unit: p.Unit, Functions: p.Functions, Revenues: p.Revenues, BasicLines: p.BasicLines, Projects: p.Projects}
		made.PriorYear, made.Assets, made.PurchasedServices = p.PriorYear, p.Assets, p.PurchasedServices
		made.Explanations = model.Explanations{TotalChange: "人员和任务有所调整，按实际需要安排"}
		made.Unit.Duties = "承担本领域公共服务，指导基层工作"
		packs = append(packs, made)
	}
	return packs
}

// readPackFile reads a package that may not be there.
func readPackFile(path string) (p pack, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, err
	}
	p.fillIn()
	return p, nil
}

// fillIn writes the default source, as a package leaves it out.
func (p *pack) fillIn() {
	for i := range p.BasicLines {
		if p.BasicLines[i].Source == "" {
			p.BasicLines[i].Source = model.CurrentYear
		}
	}
	for _, project := range p.Projects {
		for i := range project.Budget {
			if project.Budget[i].Source == "" {
				project.Budget[i].Source = model.CurrentYear
			}
		}
	}
}
