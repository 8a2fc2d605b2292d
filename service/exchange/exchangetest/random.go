// Package exchangetest makes sound random data packages for the property tests of
// other packages: they import without a refusal against the baseline catalogue,
// and their money ties. It is for tests alone and must not be used by a program.
package exchangetest

import (
	"fmt"
	"math/rand/v2"

	"biaochi/model"
	"biaochi/service/exchange"
)

// None asks for no projects or no basic lines, where 0 leaves the number to chance.
const None = -1

// Options fix what a test cares about; the zero value leaves everything to chance
// but the codes.
type Options struct {
	UnitCode   string         // "" is 705001
	ParentCode string         // "": the unit is a competent department itself
	RegionCode string         // "": the installation's only region
	Kind       model.UnitKind // "" is drawn
	Year       int            // 0 is drawn from 2021–2030
	Projects   int            // 0 is drawn from 5–12; None for none
	BasicLines int            // 0 is drawn from 8–40; None for none; at most maxBasicLines
}

// maxBasicLines is how many lines with different keys there are enough codes for.
const maxBasicLines = 200

// Random gives a sound package in normal form; the same source and options give
// the same package. With five projects or five basic lines or more it has money
// of every fund kind. For every fund kind with expected or coded revenue the
// revenue lines equal the current-year budget; procurement stays within its line
// and economic lines within their budget row; a form's annual total is the
// project's current-year budget.
func Random(r *rand.Rand, o Options) *exchange.Package {
	d := &draw{Rand: r, o: withDefaults(r, o), services: map[string]bool{}, functions: map[string]bool{}}
	p := exchange.New(d.o.Year, &model.SheetContent{Unit: d.unit()}, nil)
	p.BasicLines = d.basicLines()
	p.Projects = d.projects()
	p.Revenues = d.revenues(p)
	if d.chance(50) {
		p.Functions = d.functionNames()
	}
	p.PurchasedServices = d.purchasedServices()
	p.PriorYear = d.priorYear()
	p.Explanations = model.Explanations{TotalChange: "按实际需要安排 <测算> & 调整"}
	p.Assets = d.assets()
	p.Approval = d.approval()
	p.WholeUnitTarget = d.wholeTarget(p)
	return p
}

// draw is one package in the making.
type draw struct {
	*rand.Rand
	o Options
	// services and functions are the codes in use, to be listed in the package.
	services, functions map[string]bool
}

func withDefaults(r *rand.Rand, o Options) Options {
	if o.UnitCode == "" {
		o.UnitCode = "705001"
	}
	if o.Kind == "" {
		o.Kind = pick(r, model.UnitKinds)
	}
	if o.Year == 0 {
		o.Year = 2021 + r.IntN(10)
	}
	o.Projects = count(r, o.Projects, 5, 12)
	o.BasicLines = min(count(r, o.BasicLines, 8, 40), maxBasicLines)
	return o
}

func count(r *rand.Rand, wanted, low, high int) int {
	switch wanted {
	case None:
		return 0
	case 0:
		return low + r.IntN(high-low+1)
	}
	return wanted
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// chance is true in so many of a hundred cases.
func (d *draw) chance(percent int) bool { return d.IntN(100) < percent }

// amount draws an amount from 0.01 yuan to some ten million, in 分, small ones as
// often as large ones.
func (d *draw) amount() model.Money {
	bound := int64(10)
	for range d.IntN(9) {
		bound *= 10
	}
	return model.Money(1 + d.Int64N(bound))
}

// part draws an amount from 0 to the whole.
func (d *draw) part(whole model.Money) model.Money { return model.Money(d.Int64N(int64(whole) + 1)) }

func (d *draw) unit() model.UnitHeader {
	return model.UnitHeader{
		Code: d.o.UnitCode, Name: "示例区第" + d.o.UnitCode + "单位", Kind: d.o.Kind,
		ParentCode: d.o.ParentCode, RegionCode: d.o.RegionCode, RegionName: "示例区",
		Duties:       "承担本领域公共服务；\n指导基层单位 <业务> & 培训",
		Organization: []string{"办公室", "业务科", "财务科"}[:1+d.IntN(3)],
	}
}

func (d *draw) priorYear() *model.PriorYear {
	if d.chance(20) {
		return nil
	}
	prior := &model.PriorYear{Year: d.o.Year - 1}
	funds := &prior.ByFundKind
	for _, field := range []**model.Money{
		&funds.GeneralPublicBudget, &funds.GovernmentFund, &funds.StateCapital, &funds.FiscalSpecialAccount, &funds.UnitFunds,
	} {
		*field = new(d.amount())
	}
	prior.Total = new(*funds.GeneralPublicBudget + *funds.GovernmentFund + *funds.StateCapital +
		*funds.FiscalSpecialAccount + *funds.UnitFunds)
	prior.ThreePublic = model.PriorThreePublic{
		Overseas: new(model.Money(0)), Reception: new(d.part(1_000_000)),
		VehiclePurchase: new(model.Money(0)), VehicleOperation: new(d.part(10_000_000)),
	}
	if d.o.Kind != model.PublicInstitution {
		prior.AgencyOperating = new(d.part(*funds.GeneralPublicBudget))
	}
	return prior
}

func (d *draw) assets() model.Assets {
	return model.Assets{Vehicles: new(d.IntN(10)), Buildings: "由机关事务部门统一调配", Other: "无"}
}

func (d *draw) approval() *model.ApprovalRef {
	if d.chance(50) {
		return nil
	}
	return &model.ApprovalRef{
		Number: fmt.Sprintf("示财预〔%d〕%d号", d.o.Year, 1+d.IntN(99)),
		Date:   model.Date(fmt.Sprintf("%d-02-%02d", d.o.Year, 1+d.IntN(28))),
	}
}
