package api_test

// sample is a body that its route accepts.
type sample struct{ path, body string }

const goodFiling = `{"code":"P-1","name":"培训","functionCode":"2050803","category":"targeted","nature":"oneOff","appendixNo":3,
"budget":[{"fundKind":"generalPublicBudget","source":"currentYear","amount":"1200.00"}],
"economicLines":[{"departmentEconomicCode":"30216","departmentEconomicName":"培训费","fundKind":"unitFunds","amount":"1.5",
 "procurement":[{"kind":"services","serviceCode":"A0101","amount":"1.5"}]}],
"form":{"name":"另名","periodYears":3,"periodStart":2024,"longTermFunds":{"total":"1.00","central":"1","provincial":"0","municipalCounty":"0","selfRaised":"0","other":"0"},
 "annualFunds":null,"overview":"概况","filedAt":"2023-11-20T09:00:00",
 "indicators":[{"level1":"output","level2":"quantity","longTerm":null,"annual":{"name":"期数","value":"≥3期","weight":"12.5"}}]}}`

const goodSheet = `{"unit":{"code":"701001","name":"示例中心","kind":"publicInstitution","duties":"职责","organization":["办公室"]},
"functions":[{"code":"2050803","name":"培训支出"}],
"revenues":[{"fundKind":"generalPublicBudget","codes":[{"code":"101","name":"税收收入"}],"amount":"500.00"}],
"basicLines":[{"functionCode":"2050803","departmentEconomicCode":"30201","governmentEconomicCode":"50502","fundKind":"generalPublicBudget",
 "source":"carryOver","costKind":"public","amount":"500.00","procurement":[{"kind":"goods","amount":"5"}]}],
"priorYear":{"year":2023,"total":"1.00","byFundKind":{"unitFunds":"1.00"},"threePublic":{"reception":"1.00"},"agencyOperating":null},
"explanations":{"totalChange":"增加"},"assets":{"vehicles":2,"buildings":"无"},
"purchasedServices":[{"code":"A0101","level1":"一"}],"approval":{"number":"1号","date":"2023-01-06"}}`

const goodTarget = `{"tasks":[{"name":"业务培训","content":"举办培训","total":"10.00","fiscal":"6.00","other":"4.00"}],
"annualFunds":{"total":"10.00","central":"0","provincial":"0","municipalCounty":"6","selfRaised":"4","other":null},"basic":"3.00","project":"7.00",
"longTermGoal":"长","annualGoal":"年","responsible":"甲","handler":"乙","phone":"0355-1","filedAt":"2023-11-20",
"indicators":[{"level1":"output","level2":"quantity","longTerm":null,"annual":{"name":"期数","value":"≥3期","weight":"12.5"}}]}`

const (
	goodApproval = `{"unitId":"7","year":2024,"number":"财预〔2024〕1号","date":"2024-02-01","reason":null}`
	goodReview   = `"grade":"good","reason":"理由","remarks":[{"path":"$.form.annualGoal","text":"改"}],` +
		`"review":{"keyProject":true,"opinion":"可","overall":"good","items":[{"key":"goalClear","grade":"good","score":"8.5"}]}`
	goodAnswers = `[{"key":"0123456789abcdef","answer":"因为"}]`
)

// recordBodies are good bodies of the routes of a kind of record.
func recordBodies(path, one, many, content string) map[string]sample {
	reasoned, review := `{"reason":"理由"}`, `{`+goodReview+`}`
	bodies := map[string]sample{
		"create" + one:     {path, `{"unitId":"7","year":2024,"content":` + content + `}`},
		"save" + one:       {path + "/1", `{"content":` + content + `,"answers":` + goodAnswers + `}`},
		"submit" + one:     {path + "/1/submit", `{"reason":null,"answers":` + goodAnswers + `}`},
		"editAgreed" + one: {path + "/1/editAgreed", `{` + goodReview + `,"content":` + content + `}`},
	}
	for _, verb := range []string{"recall", "consent", "decline", "reopen", "adjust", "withdraw"} {
		bodies[verb+one] = sample{path + "/1/" + verb, reasoned}
	}
	for _, verb := range []string{"pass", "return", "block"} {
		bodies[verb+one] = sample{path + "/1/" + verb, review}
	}
	for _, verb := range []string{"submit", "recall", "pass", "return", "block", "reopen", "adjust", "withdraw"} {
		bodies[verb+many] = sample{path + "/batch/" + verb, `{"records":[{"id":"1","lock":2}],` + goodReview + `}`}
	}
	return bodies
}
