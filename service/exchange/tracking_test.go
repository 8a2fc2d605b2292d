package exchange_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"biaochi/model"
	"biaochi/model/store"
	"biaochi/model/store/storetest"
	"biaochi/service/exchange"
)

// TestTrackingGoesOut: what came after the approval is in the full export, of the unit
// alone and in the order of projects and days, and doesn't keep the package from coming
// in again.
func TestTrackingGoesOut(t *testing.T) {
	storetest.EachEngine(t, func(t *testing.T, url string) {
		h := newHouse(t, url)
		p := withTarget(t)
		h.bring(p, true)
		if bare := h.history(p); bare.Tracking != nil {
			t.Errorf("before anything came after it: %+v", bare.Tracking)
		}
		code := p.Projects[0].Code
		h.follow(code, p.Year)
		got, err := json.Marshal(h.history(p).Tracking)
		if err != nil {
			t.Fatal(err)
		}
		want := `{"controlFigures":[{"fundKind":"generalPublicBudget","amount":"90000.00","issuedOn":"2025-12-01"}],` +
			`"payments":[` +
			`{"project":"` + code + `","fundKind":"generalPublicBudget","paidOn":"2026-03-02","amount":"1000.50","reference":"A1","note":"首付"},` +
			`{"project":"` + code + `","fundKind":"generalPublicBudget","paidOn":"2026-04-02","amount":"-0.05","reference":"A2","flags":"negative,late"}],` +
			`"sheets":[{"kind":"whole","state":"submitted","submittedOn":"2027-01-11","score":"90.00","grade":"excellent","content":{}},{"project":"` + code + `","kind":"evaluation","state":"confirmed","submittedOn":"2027-01-10","confirmedOn":"2027-01-12","score":"95.05","grade":"excellent","content":{"b":[1]}}],` +
			`"corrections":[{"project":"` + code + `","what":"补办手续","responsible":"科长","due":"2026-09-30","state":"closed","reply":"已补","opinion":"同意","orderedOn":"2026-08-01","closedOn":"2026-09-01"}],` +
			`"assessments":[{"kind":"department","state":"draft","score":"87.00","grade":"good","content":{}},{"project":"` + code + `","kind":"finance","state":"issued","score":"88.00","grade":"good","issuedOn":"2027-03-01","content":{}}]}`
		if string(got) != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		full := h.export(p.Unit.Code, p.Year, true)
		if !bytes.Equal(full, h.export(p.Unit.Code, p.Year, true)) {
			t.Error("two exports of the same records differ")
		}
		if again, err := exchange.Decode(bytes.NewReader(full)); err != nil || !h.bring(again, true).Unchanged() {
			t.Errorf("a full export does not come in again: %v", err)
		}
	})
}

// goneOut is a history as readers of the JSON see it.
type goneOut struct {
	Tracking json.RawMessage `json:"tracking"`
}

func (h house) history(p *exchange.Package) goneOut {
	h.Helper()
	again, err := exchange.Decode(bytes.NewReader(h.export(p.Unit.Code, p.Year, true)))
	if err != nil {
		h.Fatal(err)
	}
	var out goneOut
	if err := json.Unmarshal(again.History, &out); err != nil {
		h.Fatal(err)
	}
	return out
}

// follow adds what comes after an approval, once each, and a payment of a unit below.
func (h house) follow(code string, year int) {
	h.Helper()
	err := h.store.InTx(h.Context(), func(tx *store.Tx) error {
		records, err := tx.Records(store.Everything(), store.RecordFilter{Year: year})
		if err != nil {
			return err
		}
		var r, target model.Record
		for _, one := range records {
			switch {
			case one.ProjectCode == code:
				r = one
			case one.Kind == model.TargetRecord:
				target = one
			}
		}
		unit, err := tx.UnitByID(store.Everything(), r.UnitID)
		if err != nil {
			return err
		}
		general := model.GeneralPublicBudget
		pay := func(path string, day model.Date, amount model.Money, reference string, flags ...string) model.Payment {
			note := ""
			if len(flags) == 0 {
				note = "首付"
			}
			return model.Payment{RegionCode: unit.RegionCode, UnitID: unit.ID, UnitPath: path, Year: year, ProjectCode: code, FundKind: general,
				PaidOn: day, Amount: amount, Reference: reference, Flags: flags, Note: note, CreatedBy: "t"}
		}
		steps := []error{
			tx.AddPayments([]model.Payment{
				pay(unit.Path, "2026-04-02", -5, "A2", "negative", "late"),
				pay(unit.Path, "2026-03-02", 100050, "A1"),
				pay(unit.Path+"x/", "2026-03-02", 7, "A3"),
			}),
			tx.SaveControlSheet(&model.ControlSheet{UnitID: unit.ID, Year: year, UnitPath: unit.Path, IssuedOn: "2025-12-01",
				Issued: map[model.FundKind]model.Money{general: 9000000}, ChangedBy: "t"}),
			tx.SaveTrackingSheet(&model.TrackingSheet{RecordID: r.ID, VersionID: r.CurrentID(), UnitID: unit.ID, UnitPath: unit.Path, Year: year,
				Kind: model.EvaluationSheet, State: model.SheetConfirmed, Content: `{"b": [1]}`, Score: 9505, Grade: "excellent",
				SubmittedOn: "2027-01-10", ConfirmedOn: "2027-01-12", ChangedBy: "t"}),
			tx.SaveTrackingSheet(&model.TrackingSheet{RecordID: target.ID, VersionID: target.CurrentID(), UnitID: unit.ID, UnitPath: unit.Path, Year: year,
				Kind: model.WholeSheet, State: model.SheetSubmitted, Content: "{}", Score: 9000, Grade: "excellent", SubmittedOn: "2027-01-11", ChangedBy: "t"}),
			tx.SaveCorrection(&model.Correction{RecordID: r.ID, UnitID: unit.ID, UnitPath: unit.Path, Year: year, What: "补办手续", Responsible: "科长",
				Due: "2026-09-30", State: model.CorrectionClosed, Reply: "已补", Opinion: "同意", OrderedOn: "2026-08-01", OrderedBy: "t", ClosedOn: "2026-09-01"}),
			tx.SaveAssessment(&model.Assessment{RecordID: r.ID, UnitID: unit.ID, UnitPath: unit.Path, Year: year, Kind: model.FinanceAssessment,
				State: model.AssessmentIssued, Content: "{}", Score: 8800, Grade: "good", IssuedOn: "2027-03-01", ChangedBy: "t"}),
			tx.SaveAssessment(&model.Assessment{RecordID: target.ID, UnitID: unit.ID, UnitPath: unit.Path, Year: year, Kind: model.DepartmentAssessment,
				State: model.AssessmentDraft, Content: "{}", Score: 8700, Grade: "good", ChangedBy: "t"}),
		}
		for _, err := range steps {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
}
