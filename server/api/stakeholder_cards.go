package api

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"piper/internal/sheet"
	"piper/internal/stakeholder"
	"piper/internal/store"
	"piper/internal/store/driver"
)

// post gives a person's current post, the primary one where there is one: its title and where it is.
func (a *API) post(ctx context.Context, s *stakeholder.Stakeholder) (title, atID string, err error) {
	if s.Kind != stakeholder.Person {
		return "", s.ParentID, nil
	}
	page, err := a.Stakeholders.Affiliations(ctx, stakeholder.AffiliationSearch{PersonID: s.ID, State: stakeholder.Current},
		store.Query{Sort: []driver.Key{{Path: "primary", Desc: true}, {Path: "from", Desc: true}}, Limit: 1})
	if err != nil || len(page.Items) == 0 {
		return "", s.ParentID, err
	}
	return page.Items[0].Title, page.Items[0].AtID, nil
}

// cardOf makes a vCard of a stakeholder with a post at an organisation of that name. Notes stay inside.
func cardOf(s *stakeholder.Stakeholder, title, at string) sheet.Card {
	c := sheet.Card{UID: s.ID, Name: s.Name, IsCompany: s.Kind != stakeholder.Person, Title: title, Organisation: at,
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
	one, err := a.Stakeholders.Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		writeProblem(c, err)
		return
	}
	a.writeCards(c, "stakeholder.vcf", func(fn func(*stakeholder.Stakeholder) error) error { return fn(one) })
}

// exportStakeholdersVCF is a list of stakeholders as one file of vCards.
func (a *API) exportStakeholdersVCF(c *gin.Context) {
	e, err := a.stakeholderExport(c)
	if err != nil {
		writeProblem(c, err)
		return
	}
	a.writeCards(c, "stakeholders.vcf", e.walk)
}

// writeCards streams cards. One that breaks off is cut, so that nobody takes a part for the whole.
func (a *API) writeCards(c *gin.Context, file string, walk func(func(*stakeholder.Stakeholder) error) error) {
	c.Header("Content-Disposition", `attachment; filename="`+file+`"`)
	c.Header("Content-Type", sheet.CardType)
	c.Status(http.StatusOK)
	ctx := c.Request.Context()
	name := a.parentName(ctx)
	err := walk(func(s *stakeholder.Stakeholder) error {
		title, atID, err := a.post(ctx, s)
		if err != nil {
			return err
		}
		return sheet.WriteCard(c.Writer, cardOf(s, title, name(atID)))
	})
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
