"""What the pages of a type are in vocabularies that others share: schema.org first."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CONTEXT = "https://schema.org"
"""Where names without a prefix come from."""
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "pair": "http://virtual-assembly.org/ontologies/pair#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }
)
"""Other vocabularies, by the prefix of their names; a `_type.yml` may declare more."""

TYPES = frozenset(
    """
    AboutPage Action AdministrativeArea AggregateRating Answer Article Audience Blog BlogPosting Book Brand
    BreadcrumbList BusinessEvent Certification City Claim Class Clip Collection CollectionPage Comment ContactPage
    ContactPoint Corporation Country Course CourseInstance CreativeWork CreativeWorkSeries DataCatalog Dataset
    DataDownload DefinedTerm DefinedTermSet Demand DigitalDocument EducationalOccupationalCredential
    EducationalOccupationalProgram EducationEvent EducationalAudience EducationalOrganization EmployeeRole Episode
    Event EventSeries ExhibitionEvent FAQPage Festival FinancialProduct Game GeoCoordinates GeoShape
    GovernmentOrganization GovernmentService Grant Guide HowTo HowToDirection HowToItem HowToSection HowToStep
    HowToSupply HowToTip HowToTool ImageObject Intangible Invoice ItemList ItemPage JobPosting Language
    LearningResource Legislation LegislationObject ListItem LocalBusiness Map MediaObject Menu MonetaryAmount
    MonetaryGrant NGO NewsArticle Observation Occupation Offer OfferCatalog OnlineBusiness OpeningHoursSpecification
    Order Organization OrganizationRole Person Place PodcastEpisode PostalAddress PresentationDigitalDocument
    Product ProfilePage Project PropertyValue PublicationEvent QAPage Quantity QuantitativeValue Question Quiz
    Quotation Rating Recipe Report Reservation ResearchProject Review Role Schedule ScholarlyArticle SearchAction
    Series Service SocialEvent SoftwareApplication SoftwareSourceCode SpecialAnnouncement Specialty State Statement
    StructuredValue TechArticle Thesis Thing TouristAttraction Trip VideoObject VirtualLocation VisualArtwork
    VoteAction WebApplication WebPage WebPageElement WebSite WorkersUnion
    """.split()
)
"""Types of schema.org that a cooperative is likely to need: what is close to one of them may be misspelt."""
PROPERTIES = frozenset(
    """
    about abstract accessMode applicationDeadline additionalType address agent alternateName areaServed attendee
    audience author award availableLanguage birthDate brand category citation colleague comment contactPoint
    containsPlace contentLocation contributor copyrightHolder courseCode courseMode creator creditText dateCreated
    dateModified datePosted datePublished department description disambiguatingDescription duration editor
    educationalCredentialAwarded educationalLevel email employee encoding endDate endTime estimatedCost event
    eventAttendanceMode eventSchedule eventStatus expires faxNumber founder foundingDate funder funding genre geo
    givenName familyName hasCourseInstance hasDefinedTerm hasOccupation hasPart headline identifier image
    inDefinedTermSet inLanguage includesObject industry instructor interactionStatistic isAccessibleForFree
    isBasedOn isPartOf item itemListElement itemOffered jobTitle keywords knows knowsAbout knowsLanguage
    learningResourceType legalName license location logo mainEntity makesOffer maximumAttendeeCapacity member
    memberOf mentions name naics numberOfItems occupationLocation offers openingHours organizer owns
    parentOrganization performTime performer position prepTime price priceCurrency produces provider publisher
    remainingAttendeeCapacity reviewedBy sameAs seeks serviceType skills slogan sourceOrganization
    spatialCoverage sponsor startDate startTime step subEvent subOrganization subjectOf suggestedAnswer
    acceptedAnswer superEvent supply taxID teaches telephone temporalCoverage termCode text timeRequired tool
    totalTime typicalAgeRange url validFrom validThrough value vatID version workExample workFeatured workLocation
    worksFor yield
    """.split()
)
"""Properties of schema.org that a cooperative is likely to need."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PropertySource:
    """Where a property takes its values: along a path of fields, from a constant, or from an object made for it.

    `path` names a field and, where that is a group, fields inside; or one relation that leads here. `thing` is what
    each value found becomes, or else, without path, one object described by the same fields. `is_index` says that
    this object is the index of the collection. `words` gives what to say for each choice of a field, and those that
    have none say nothing; without any, a choice says its label.
    """

    path: tuple[str, ...] = ()
    value: str | bool = ""
    thing: "ThingSpec | None" = None
    is_index: bool = False
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ThingSpec:
    """What something is, and its properties by their names, each with its sources in their order."""

    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple[PropertySource, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedDataSpec:
    """What the pages of a type are; `prefixes` gives the address of each vocabulary used besides schema.org."""

    thing: ThingSpec
    prefixes: tuple[tuple[str, str], ...] = ()
