package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"piper/internal/sheet"
	"piper/internal/stakeholder"
)

// cardOf makes a vCard of a stakeholder; parent gives the name of an organisation. Notes stay inside.
func cardOf(s *stakeholder.Stakeholder, parent func(id string) string) sheet.Card {
	c := sheet.Card{UID: s.ID, Name: s.Name, IsCompany: s.Kind == stakeholder.Organisation, Organisation: parent(s.ParentID),
		Country: countryName(s.Country), Website: s.Website, Categories: append(append([]string{}, s.Roles...), s.Tags...), Revised: s.UpdatedAt.Time()}
	for _, e := range s.Emails {
		c.Emails = append(c.Emails, sheet.CardValue{Value: e.Address, Label: e.Label})
	}
	for _, p := range s.Phones {
		c.Phones = append(c.Phones, sheet.CardValue{Value: p.Number, Label: p.Label})
	}
	return c
}

// countryName gives the English name of a country, the code itself where there is none.
func countryName(code string) string {
	if code == "" {
		return ""
	}
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := display.English.Regions().Name(region); name != "" {
		return name
	}
	return code
}

// stakeholderCard is one stakeholder as a vCard.
func (a *API) stakeholderCard(c *gin.Context) {
	ctx := c.Request.Context()
	one, err := a.Stakeholders.Get(ctx, c.Param("id"))
	if err != nil {
		writeProblem(c, err)
		return
	}
	writeCards(c, "stakeholder.vcf", a.parentName(ctx), func(fn func(*stakeholder.Stakeholder) error) error { return fn(one) })
}

// exportStakeholdersVCF is a list of stakeholders as one file of vCards.
func (a *API) exportStakeholdersVCF(c *gin.Context) {
	e, err := a.stakeholderExport(c)
	if err != nil {
		writeProblem(c, err)
		return
	}
	ctx := c.Request.Context()
	writeCards(c, "stakeholders.vcf", a.parentName(ctx), e.walk)
}

// writeCards streams cards. One that breaks off is cut, so that nobody takes a part for the whole.
func writeCards(c *gin.Context, file string, parent func(string) string, walk func(func(*stakeholder.Stakeholder) error) error) {
	c.Header("Content-Disposition", `attachment; filename="`+file+`"`)
	c.Header("Content-Type", sheet.CardType)
	c.Status(http.StatusOK)
	err := walk(func(s *stakeholder.Stakeholder) error { return sheet.WriteCard(c.Writer, cardOf(s, parent)) })
	switch {
	case err == nil:
		c.Writer.WriteHeaderNow()
	case !c.Writer.Written():
		c.Header("Content-Disposition", "")
		writeProblem(c, err)
	default:
		_ = c.Error(err)
		panic(http.ErrAbortHandler)
	}
}
