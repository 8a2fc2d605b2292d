package api_test

import (
	"os"
	"path/filepath"
	"strings"

	"biaochi/model"
	"biaochi/model/store"
)

// More of the people's rights than those on records.
var (
	// What the publisher of 701 does with it and below it.
	publishers = all("nnnn", "gb yy--")
	// What whoever answers for the whole region does with its units.
	leaders = all("nnnn", "ys yyy- cz yyy-")
	// A region that is asked for by its code is refused, whether there is one or not.
	regions       = table("jb yyyn bjb yyyn tjb yyyn xjb nnny dw yyyn bm yyyn tbm yyyn lx nnny yw yyyn jx yyyn ys yyyn cz yyyn gb yyyn gl nnnn aq nnnn sj nnnn")
	regionLeaders = all("nnnn", "ys yyyn cz yyyn")
	// Sheets and payments, which a publisher has nothing to do with; a preparer has no
	// board.
	tracked = readers.except("gb nnnn")
	boards  = tracked.except("jb nnnn bjb nnnn tjb nnnn xjb nnnn")
	// Offices and leaders bring payments of their region.
	paying = all("nnnn", "yw yyyn jx yyyn ys yyyn cz yyyn")
	// A department's preparer sees it alone, and not what its units did.
	wholes = readers.except("bjb -n--")
	// Heads of departments.
	appraisers = all("nnnn", "bm yy-- tbm --y- lx ---y")
	// Preparers take their files away, and those who evaluate projects theirs.
	removing = preparers.except("bm yy-- tbm --y- lx ---y yw yy-- jx yyy- cz yyy-")
	// Whoever adds files elsewhere has no right to those of evaluations by others.
	assessing = all("nnnn", "jb n--- bjb -n-- tjb --n- xjb ---n dw n--- bm nn-- tbm --n- lx ---n yw nn-- jx nnn- cz nnn-")
	// Reviewers who have something to review; one who leads alone has not.
	deputising = all("nnnn", "dw yyyy bm yyyy tbm yyyy lx yyyy yw yyyy jx yyyy cz yyyy")
)

// furnish adds what hangs on the records and regions of the hall.
func (h *hall) furnish() {
	h.Helper()
	hash := strings.Repeat("0", 64)
	h.must(os.MkdirAll(filepath.Join(h.files, hash[:2]), 0o700))
	h.must(os.WriteFile(filepath.Join(h.files, hash[:2], hash), []byte("%"), 0o600))
	h.must(h.store.InTx(h.Context(), func(tx *store.Tx) error {
		for _, code := range ofUnits {
			record, err := tx.RecordByID(store.Everything(), h.id("/filings", code))
			if err != nil {
				return err
			}
			unit := h.units[code]
			c := model.Correction{RecordID: record.ID, UnitID: unit.ID, UnitPath: unit.Path, Year: 2024, What: "进度落后",
				Responsible: "某人", Due: "2024-09-30", State: model.CorrectionOrdered, OrderedOn: "2024-08-01", OrderedBy: "yw"}
			if err := tx.SaveCorrection(&c); err != nil {
				return err
			}
			a := model.Attachment{Backed: model.BackedRecord(record.ID), VersionID: record.NewestID, Name: "立项.pdf", MediaType: "application/pdf",
				Size: 1, Hash: hash, AddedBy: "jb"}
			if err := tx.AddAttachment(&a); err != nil {
				return err
			}
			h.records["/corrections"][code] = ref{path: "/corrections/" + c.ID.String()}
			h.records["/attachments"][code] = ref{path: "/attachments/" + a.ID.String()}
		}
		if err := h.findProjects(tx); err != nil {
			return err
		}
		return h.addLibrary(tx)
	}))
}

// findProjects finds the projects of the units' filings in the project library, and
// puts them before their departments.
func (h *hall) findProjects(tx *store.Tx) error {
	units, err := tx.Units(store.Everything(), store.UnitFilter{})
	if err != nil {
		return err
	}
	codes := map[model.ID]string{}
	for _, u := range units {
		codes[u.ID] = u.Code
	}
	list, err := tx.ProjectSummaries(units, store.ProjectQuery{Year: 2024})
	for _, p := range list {
		h.records["/projects"][codes[p.UnitID]] = ref{path: "/projects/" + p.ID.String()}
		project, err := tx.Project(store.Everything(), p.ID)
		if err != nil {
			return err
		}
		project.Stage = model.ProjectProposed
		if err := tx.UpdateProject(&project); err != nil {
			return err
		}
	}
	return err
}

// addLibrary gives each region an indicator.
func (h *hall) addLibrary(tx *store.Tx) error {
	made := map[string]ref{}
	for _, region := range []string{home, abroad} {
		entry := model.LibraryIndicator{RegionCode: region, TreeKey: "2015", Level1: "output", Level2: "quantity", Name: "期数",
			Origin: model.LibraryEntered, CreatedBy: "ys", UpdatedBy: "ys"}
		if err := tx.AddLibraryIndicator(&entry); err != nil {
			return err
		}
		made[region] = ref{path: "/library/indicators/" + entry.ID.String()}
	}
	for _, code := range ofUnits {
		h.records["/library"][code] = made[h.units[code].RegionCode]
	}
	return nil
}

// id is the identifier of the record of a kind in a unit.
func (h *hall) id(kind, unit string) (id model.ID) {
	h.Helper()
	path := h.records[kind][unit].path
	h.must(id.UnmarshalText([]byte(path[strings.LastIndex(path, "/")+1:])))
	return id
}

// upload sends a file of a media type to a route about a record (RECORD) or unit (ID);
// what it holds is never fit to be taken.
func (h *hall) upload(kind, mediaType, path string) func(*person, string) byte {
	return func(p *person, unit string) byte {
		filled := strings.NewReplacer("RECORD", h.id(kind, unit).String(), "ID", h.units[unit].ID.String(), "REGION", h.units[unit].RegionCode).Replace(path)
		return verdict(p, p.send("POST", filled, "x", "Content-Type", mediaType, "If-Match", `"999"`))
	}
}

// disclosureProbes are those of the ladder.
func (h *hall) disclosureProbes() map[string]probe {
	probes := map[string]probe{
		"showDisclosure":         {readers, h.about("GET", "/disclosure?unit=ID&year=2024", "")},
		"listDisclosureFindings": {readers, h.about("GET", "/disclosure/findings?unit=ID&year=2024", "")},
	}
	for _, step := range []string{"assemble", "check", "override", "secrecy", "sign", "publish", "correct"} {
		probes[step+"Disclosure"] = probe{publishers, h.about("POST", "/disclosure/"+step+"?unit=ID&year=2024", `{"date":"2024-02-20","name":"某人","reason":"试"}`)}
	}
	return probes
}

// fileProbes are those of files that come in or go out.
func (h *hall) fileProbes() map[string]probe {
	const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	const plan = "?unit=ID&year=2024&head=1&amountUnit=yuan&column=1:code"
	probes := map[string]probe{
		"listAttachments": {readers, func(p *person, unit string) byte {
			return h.about("GET", "/records/"+h.id("/filings", unit).String()+"/attachments", "")(p, unit)
		}},
		"addAttachment":      {withdraws, h.upload("/filings", "application/octet-stream", "/records/RECORD/attachments?name=a.pdf")},
		"downloadAttachment": {readers, h.one("GET", "/attachments", "/content", "")},
		"removeAttachment":   {removing, h.one("POST", "/attachments", "/removed", `{"reason":"传错了"}`)},
	}
	for id, of := range map[string]struct {
		read, add  verdicts
		kind, path string
	}{
		"Monitoring":                 {tracked, withdraws, "/filings", "/filings/RECORD/monitoring/1-7"},
		"Evaluation":                 {readers, withdraws, "/filings", "/filings/RECORD/evaluation"},
		"TargetEvaluation":           {readers, withdraws, "/targets", "/targets/RECORD/evaluation"},
		"DepartmentAssessment":       {readers, assessing.except("bm yy-- tbm --y- lx ---y"), "/filings", "/filings/RECORD/assessments/department"},
		"FinanceAssessment":          {readers, assessing.except("yw yy-- jx yyy- cz yyy-"), "/filings", "/filings/RECORD/assessments/finance"},
		"TargetFinanceAssessment":    {readers, assessing.except("yw yy-- jx yyy- cz yyy-"), "/targets", "/targets/RECORD/assessments/finance"},
		"TargetDepartmentAssessment": {readers, assessing.except("bm yy-- tbm --y- lx ---y"), "/targets", "/targets/RECORD/assessments/department"},
		"Correction":                 {tracked, withdraws.except("dw n--- bm nn-- tbm --n- lx ---n"), "/corrections", "/corrections/RECORD"},
	} {
		probes["list"+id+"Attachments"] = probe{of.read, h.one("GET", of.kind, of.path[strings.Index(of.path, "RECORD")+len("RECORD"):]+"/attachments", "")}
		probes["add"+id+"Attachment"] = probe{of.add, h.upload(of.kind, "application/octet-stream", of.path+"/attachments?name=a.pdf")}
	}
	for kind, names := range map[string][2]string{"/filings": {"Filing", "Filings"}, "/sheets": {"Sheet", "Lines"}} {
		one, rows := names[0], names[1]
		probes["workbookOf"+one] = probe{readers, h.one("GET", kind, "/workbook", "")}
		probes["previewWorkbookOf"+one] = probe{preparers, h.upload(kind, xlsx, kind+"/RECORD/workbook/preview")}
		probes["applyWorkbookOf"+one] = probe{preparers, h.upload(kind, xlsx, kind+"/RECORD/workbook")}
		probes["readTableOf"+rows] = probe{preparers, h.upload(kind, xlsx, kind+"/import/read?unit=ID&year=2024")}
		probes["previewImportOf"+rows] = probe{preparers, h.upload(kind, xlsx, kind+"/import/preview"+plan)}
		probes["import"+rows] = probe{preparers, h.upload(kind, xlsx, kind+"/import"+plan)}
	}
	return probes
}

// trackingProbes are those of the routes after approval.
func (h *hall) trackingProbes() map[string]probe {
	const said = `{"said":[{"level1":"output","level2":"quantity","name":"次数","actual":"3次"}]}`
	const appraisal = `{"rows":[{"line":0,"score":"8.5","reason":"佐证不足"}]}`
	const figures = `{"figures":[{"fundKind":"unitFunds","amount":"1.00"}]}`
	const payment = `{"unit":"ID","year":2024,"project":"没有","fundKind":"unitFunds","paidOn":"2024-07-01","amount":"1.00","returned":false,"reference":"Z1"}`
	probes := map[string]probe{
		"showBoard":           {boards, h.about("GET", "/board?year=2024&unit=ID", "")},
		"exportBoard":         {boards, h.about("GET", "/board/export?year=2024&unit=ID&format=csv", "")},
		"showOverview":        {tracked, h.about("GET", "/units/ID/tracking/2024", "")},
		"listAllCorrections":  {tracked, h.about("GET", "/corrections?year=2024&unit=ID", "")},
		"historyOfMonitoring": {tracked, h.one("GET", "/filings", "/monitoring/1-7/history", "")},
		"historyOfEvaluation": {readers, h.one("GET", "/filings", "/evaluation/history", "")},
		"listPayments":        {tracked, h.about("GET", "/payments?year=2024&unit=ID", "")},
		"enterPayment":        {preparers, h.about("POST", "/payments", payment)},
		"listSheetTasks":      {tracked, h.about("GET", "/units/ID/sheet-tasks/2024", "")},
		"showMonitoring":      {tracked, h.one("GET", "/filings", "/monitoring/1-7", "")},
		"saveMonitoring":      {preparers, h.one("PUT", "/filings", "/monitoring/1-7", said)},
		"showEvaluation":      {readers, h.one("GET", "/filings", "/evaluation", "")},
		"saveEvaluation":      {preparers, h.one("PUT", "/filings", "/evaluation", said)},

		"showTargetEvaluation":      {readers, h.one("GET", "/targets", "/evaluation", "")},
		"saveTargetEvaluation":      {preparers, h.one("PUT", "/targets", "/evaluation", said)},
		"historyOfTargetEvaluation": {readers, h.one("GET", "/targets", "/evaluation/history", "")},
		"printTargetEvaluation":     {readers, h.one("GET", "/targets", "/evaluation/document", "")},
		"listCorrections":           {tracked, h.one("GET", "/filings", "/corrections", "")},
		"orderCorrection":           {financial, h.one("POST", "/filings", "/corrections", `{"what":"甲","responsible":"乙","due":"2000-01-01"}`)},
		"replyCorrection":           {preparers, h.one("POST", "/corrections", "/replied", `{"reply":"甲","evidence":"乙"}`)},
		"recheckCorrection":         {financial, h.one("POST", "/corrections", "/rechecked", `{"done":true}`)},
		"showControl":               {readers, h.about("GET", "/units/ID/control/2024", "")},
		"listControls":              {readers.except("jb n--- bjb -n-- tjb --n- xjb ---n"), h.about("GET", "/control?year=2024&unit=ID", "")},
		"listDuties":                {waiting, h.listed("/duties?year=2024&size=200")},
		"saveControl":               {leaders, h.about("PUT", "/units/ID/control/2024", figures)},
		"issueControl":              {leaders, h.about("POST", "/units/ID/control/2024/issued", `{"reason":"一下"}`)},
		"listPaidProjects":          {tracked, h.about("GET", "/payments/projects?year=2024&unit=ID", "")},
		"readPaymentFile":           {paying, h.upload("/filings", "text/csv", "/payments/import/read?region=REGION")},
		"previewPayments":           {paying, h.upload("/filings", "text/csv", "/payments/import/preview?region=REGION&year=2024")},
		"importPayments":            {paying, h.upload("/filings", "text/csv", "/payments/import?region=REGION&year=2024")},
		"listPaymentBatches":        {regionLeaders, h.about("GET", "/payments/batches?region=REGION&year=2024", "")},

		"printMonitoring":        {tracked, h.one("GET", "/filings", "/monitoring/1-7/document", "")},
		"printEvaluation":        {readers, h.one("GET", "/filings", "/evaluation/document", "")},
		"printUnitMonitoring":    {tracked, h.about("GET", "/units/ID/monitoring/2024/1-7/document?format=xlsx", "")},
		"printUnitEvaluations":   {readers, h.about("GET", "/units/ID/evaluations/2024/document?format=html", "")},
		"listEvaluationReleases": {readers, h.about("GET", "/units/ID/evaluations/2024/releases", "")},
		"publishEvaluations":     {publishers, h.about("POST", "/units/ID/evaluations/2024/published", `{"reason":"试"}`)},

		"showLastYear":              {readers, h.one("GET", "/filings", "/last-year", "")},
		"showNextYear":              {readers, h.one("GET", "/filings", "/next-year", "")},
		"carryFilingForward":        {preparers, h.one("POST", "/filings", "/next-year", "")},
		"showWholeEvaluation":       {wholes, h.about("GET", "/units/ID/whole-evaluation/2024", "")},
		"listAssessments":           {readers, h.one("GET", "/filings", "/assessments", "")},
		"saveDepartmentAssessment":  {appraisers, h.one("PUT", "/filings", "/assessments/department", appraisal)},
		"issueDepartmentAssessment": {appraisers, h.one("POST", "/filings", "/assessments/department/issued", `{"reason":"试"}`)},
		"saveFinanceAssessment":     {financial, h.one("PUT", "/filings", "/assessments/finance", appraisal)},
		"issueFinanceAssessment":    {financial, h.one("POST", "/filings", "/assessments/finance/issued", `{"reason":"试"}`)},

		"listTargetAssessments":           {readers, h.one("GET", "/targets", "/assessments", "")},
		"saveTargetDepartmentAssessment":  {appraisers, h.one("PUT", "/targets", "/assessments/department", appraisal)},
		"issueTargetDepartmentAssessment": {appraisers, h.one("POST", "/targets", "/assessments/department/issued", `{"reason":"试"}`)},
		"saveTargetFinanceAssessment":     {financial, h.one("PUT", "/targets", "/assessments/finance", appraisal)},
		"issueTargetFinanceAssessment":    {financial, h.one("POST", "/targets", "/assessments/finance/issued", `{"reason":"试"}`)},
	}
	for kind, path := range map[string][2]string{
		"Monitoring": {"/filings", "/monitoring/1-7"}, "Evaluation": {"/filings", "/evaluation"}, "TargetEvaluation": {"/targets", "/evaluation"},
	} {
		probes["submit"+kind] = probe{preparers, h.one("POST", path[0], path[1]+"/submitted", `{}`)}
		probes["confirm"+kind] = probe{reviewers, h.one("POST", path[0], path[1]+"/confirmed", `{}`)}
		probes["return"+kind] = probe{reviewers, h.one("POST", path[0], path[1]+"/returned", `{"reason":"试"}`)}
	}
	return probes
}

// libraryProbes are those of the library of indicators.
func (h *hall) libraryProbes() map[string]probe {
	const entry = `{"level1":"output","level2":"quantity","name":"人数"}`
	const refused = `{"level1":"output","level2":"没有","name":"人数"}`
	return map[string]probe{
		"searchLibrary":           {regions, h.about("GET", "/library/indicators?region=REGION", "")},
		"getLibraryIndicator":     {regional, h.one("GET", "/library", "", "")},
		"createLibraryIndicator":  {regionLeaders, h.about("POST", "/library/indicators?region=REGION", refused)},
		"updateLibraryIndicator":  {leaders, h.one("PUT", "/library", "", entry)},
		"disableLibraryIndicator": {leaders, h.one("POST", "/library", "/disabled", `{"disabled":true,"reason":"试"}`)},
		"mergeLibraryIndicator":   {leaders, h.one("POST", "/library", "/merged", `{"into":"1","reason":"试"}`)},
		"exportLibrary":           {regionLeaders, h.about("GET", "/library/export?region=REGION", "")},
		"previewLibraryImport":    {regionLeaders, h.upload("/filings", "text/csv", "/library/import/preview?region=REGION")},
		"importLibrary":           {regionLeaders, h.upload("/filings", "text/csv", "/library/import?region=REGION")},
	}
}

// projectProbes are those of the project library.
func (h *hall) projectProbes() map[string]probe {
	const rule = `{"level":"warn","threshold":"1.00","measure":"annual","lookBack":0,"source":"文","reason":"试"}`
	const evaluation = `{"year":2024,"conclusion":"supported","opinion":"可","evaluatedOn":"2023-01-01","evaluator":"某","attachment":"1"}`
	bureau := financial.except("ys yyy-")
	evaluating := bureau.except("jb y--- bjb -y-- tjb --y- xjb ---y bm yy-- tbm --y- lx ---y")
	probes := map[string]probe{
		"listProjectTasks":  {table("jb ---- bjb ---- tjb ---- xjb ---- dw ---- bm yy-- tbm --y- lx ---y yw ---- jx ---- ys ---- cz ---- gb ---- gl ---- aq ---- sj ----"), h.listed("/project-tasks?year=2024&size=200")},
		"listProjects":      {readers, h.about("GET", "/projects?year=2024&region=REGION&unit=ID", "")},
		"getProject":        {readers, h.one("GET", "/projects", "?year=2024", "")},
		"historyOfProject":  {readers, h.one("GET", "/projects", "/history", "")},
		"rankProject":       {appraisers, h.one("POST", "/projects", "/ranked", `{"year":2024,"place":1}`)},
		"orderProject":      {leaders, h.one("POST", "/projects", "/ordered", `{"year":2024,"place":1}`)},
		"savePreEvaluation": {evaluating, h.one("PUT", "/projects", "/pre-evaluation", evaluation)},

		"getPreEvaluationRule":  {regions, h.about("GET", "/years/REGION/2024/pre-evaluation", "")},
		"savePreEvaluationRule": {regionLeaders, h.about("PUT", "/years/REGION/2024/pre-evaluation", rule)},
	}
	for id, want := range map[string]verdicts{
		"propose": preparers, "takeBack": preparers, "admit": appraisers, "refuse": appraisers, "store": bureau, "unstore": bureau, "end": bureau, "resume": bureau,
	} {
		path := map[string]string{"propose": "proposed", "takeBack": "taken-back", "admit": "admitted", "refuse": "refused", "store": "stored",
			"unstore": "unstored", "end": "ended", "resume": "resumed"}[id]
		probes[id+"Project"] = probe{want, h.one("POST", "/projects", "/"+path, `{"year":2024,"reason":"试"}`)}
	}
	return probes
}

// deskProbes are those of the installation, of years, and of one's own desk.
func (h *hall) deskProbes() map[string]probe {
	everybody := all("yyyy", "")
	admin, security := all("nnnn", "gl yyyy"), all("nnnn", "aq yyyy")
	return map[string]probe{
		"getAccount":    {all("nnnn", "gl yyyy aq yyyy"), h.gate("GET", "/accounts/1", "")},
		"listRoles":     {security, h.gate("GET", "/roles", "")},
		"listOffices":   {security, h.gate("GET", "/offices", "")},
		"assignOffice":  {security, h.about("PUT", "/offices/ID", `{"duty":"business","leads":false,"ownRecords":false,"departments":[],"reason":"试"}`)},
		"removeOffice":  {security, h.about("POST", "/offices/ID/removed", `{"reason":"试"}`)},
		"createUnit":    {admin, h.about("POST", "/units", `{"region":"REGION","code":"909","name":"某站","parentCode":"没有"}`)},
		"updateUnit":    {admin, h.about("PUT", "/units/ID", `{"name":"改名","reason":"试"}`)},
		"getYear":       {regions, h.about("GET", "/years/REGION/2024", "")},
		"historyOfYear": {regions, h.about("GET", "/years/REGION/2024/history", "")},
		"saveYear":      {regionLeaders, h.about("PUT", "/years/REGION/2024", `{"treeKey":"2015","deadlines":[],"reason":"试"}`)},

		"getYearStages":  {regions, h.about("GET", "/years/REGION/2024/stages", "")},
		"openYear":       {regionLeaders, h.about("POST", "/years/REGION/2024/opened", `{"reason":"　"}`)},
		"closeYear":      {regionLeaders, h.about("POST", "/years/REGION/2024/closed", `{"reason":"试"}`)},
		"setYearStage":   {regionLeaders, h.about("PUT", "/years/REGION/2024/stages/firstRequest", `{"due":"2023-11-30","reason":"试"}`)},
		"listYearClocks": {regions, h.about("GET", "/years/REGION/2024/clocks", "")},

		"listDeputies":         {everybody, h.gate("GET", "/deputies", "")},
		"listDeputyCandidates": {deputising, h.gate("GET", "/deputies/candidates", "")},
		"nameDeputy":           {deputising, h.gate("POST", "/deputies", `{"deputy":"1","from":"2026-01-31T08:00:00+08:00","until":"2026-02-03T08:00:00+08:00","reason":"试"}`)},
		"endDeputy":            {everybody, h.gate("POST", "/deputies/1/ended", `{"reason":"试"}`)},
		"listNotices":          {everybody, h.gate("GET", "/notices", "")},
		"listPeople":           {everybody, h.gate("GET", "/people?login=jb", "")},
		"readNotices":          {everybody, h.gate("POST", "/notices/read", `{"ids":["1"]}`)},
		// Filings are found by whoever may read them, and nobody is told of others.
		"search": {readers.except("gl ---- aq ---- sj ----"), h.listed("/search?text=%E9%A1%B9%E7%9B%AE")},
	}
}
