"""Words that hold sentences together and say nothing of what they are about, by language.

Alike texts are found without them in any language too: they only make the answer better where it
is known. Words are small and without accents or apostrophes, as `similar.words` gives them.
"""

from __future__ import annotations

from typing import Final

_BY_LANGUAGE: Final[dict[str, str]] = {
    "en": """
        a about after again all also always am an and another any anybody anyone anything are arent
        around as ask asked at away back be because been before being but by came can cant come
        comes could couldnt day days did didnt do does doesnt doing done dont down each else even
        ever every everybody everyone everything few find first for from get gets getting give
        given go goes going gone good got had has have havent having he hear her here him his how i
        if im in into is isnt it its ive just keep know last less let like long look make makes
        many may me mean might more most much must my need needs never new next no nobody none not
        nothing now of off often on once one ones only or other others our out over own people
        person put rather really said same say says see she should so some somebody someone
        something still such take takes tell than that thats the their them then there theres these
        they theyre theyve thing things think this those three through time times to told too two
        under until up us use used very want wants was wasnt way we well went were weve what when
        where which while who whole whose why will with within without wont would yet you youre
        your
        """,
    "de": """
        aber alle als also am an auch auf aus bei bin bis da das dass dem den der des die dies
        diese doch du ein eine einen einer eines er es fur hat habe haben ich ihr im immer in ist ja
        kann kein keine man mehr mein meine mir mit nach nicht nichts noch nur oder schon sehr sein
        sich sie sind so uber um und uns von vor war was wenn wer wie wir wird zu zum zur
        """,
    "es": """
        a al algo como con cuando de del donde el ella en era es esa ese eso esta este esto fue ha
        hace hay la las le les lo los mas me mi muy nada ni no nos o para pero por porque que se ser
        si sin sobre son su sus tambien te tengo tiene todo todos tu un una uno y ya yo
        """,
    "fr": """
        a ai au aussi aux avec ce ces cest cette comme dans de des du elle en est et etait fait il
        ils jai je la le les leur lui ma mais me meme mes mon ne nest nous on ou par pas plus pour
        quand que qui quil sa sans se ses si son sont sur ta tout tous tres tu un une vous y
        """,
    "it": """
        a ai al alla anche che chi ci come con da dal dalla de degli del della di e era gli ha ho i
        il in io la le lo ma mi mia mio ne nei nel nella no noi non nulla o per perche piu quando
        quello questo se si solo sono su sua suo tutti tutto un una uno
        """,
    "nl": """
        aan al als altijd bij dan dat de der deze die dit door een en er geen had heb hebben heeft
        het hij hoe ik in is je kan maar me meer men met mij mijn na naar niet niets nog nu of om
        ons ook op over te tot u uit van veel voor waar want was wat we wel werd wie wij zijn zo
        """,
    "pl": """
        a aby ale bo by byc bylo co czy dla do i ich jak jest jestem jego jej juz ktore ktory lub ma
        mam mi mnie na nie nic o od po przez sa sie ta tak tam te tego ten to tu tylko u w wszystko
        z za ze
        """,
    "pt": """
        a ao as com como da das de do dos e ela ele em era essa esse esta este eu foi ha isso ja la
        lhe mais mas me meu minha muito na nada nao nas nem no nos o os ou para pela pelo por porque
        quando que se sem ser seu so sua tambem tem tenho todos tudo um uma voce
        """,
    "tr": """
        ama ben bir biz bu cok da daha de degil diye en gibi hic icin ile ise kadar ki mi ne o olan
        onu sen siz sonra su tum ve veya var ya yok
        """,
}

FILLER: Final = frozenset(" ".join(_BY_LANGUAGE.values()).split())
"""All of them: a text may mix languages, and a room surely does."""
