"""Names of the invented town of Wierzbogród, and numbers with right check digits that nobody can have."""

from random import Random

from stdnum.pl import nip, pesel, regon

SURNAMES = (
    ("Adamski", "Adamska"), ("Baran", "Baran"), ("Bielecki", "Bielecka"), ("Borkowski", "Borkowska"),
    ("Chmiel", "Chmiel"), ("Cieślak", "Cieślak"), ("Czajka", "Czajka"), ("Dąbrowski", "Dąbrowska"),
    ("Dudek", "Dudek"), ("Gajewski", "Gajewska"), ("Głowacki", "Głowacka"), ("Górski", "Górska"),
    ("Grzyb", "Grzyb"), ("Jabłoński", "Jabłońska"), ("Jasiński", "Jasińska"), ("Kaczmarek", "Kaczmarek"),
    ("Kołodziej", "Kołodziej"), ("Konieczny", "Konieczna"), ("Kowalczyk", "Kowalczyk"), ("Krawczyk", "Krawczyk"),
    ("Lis", "Lis"), ("Maciejewski", "Maciejewska"), ("Mazurek", "Mazurek"), ("Michalak", "Michalak"),
    ("Mróz", "Mróz"), ("Nowicki", "Nowicka"), ("Olszewski", "Olszewska"), ("Pawlak", "Pawlak"),
    ("Piątek", "Piątek"), ("Pietrzak", "Pietrzak"), ("Rutkowski", "Rutkowska"), ("Sikora", "Sikora"),
    ("Sobczak", "Sobczak"), ("Szczepański", "Szczepańska"), ("Szulc", "Szulc"), ("Świątek", "Świątek"),
    ("Tomczak", "Tomczak"), ("Urbański", "Urbańska"), ("Walczak", "Walczak"), ("Wilk", "Wilk"),
    ("Włodarczyk", "Włodarczyk"), ("Wójcik", "Wójcik"), ("Zając", "Zając"), ("Zawadzki", "Zawadzka"),
    ("Ziółkowski", "Ziółkowska"), ("Żak", "Żak"),
)  # fmt: skip
"""Surnames of a man and of a woman."""

MEN = (
    "Adam", "Andrzej", "Bartosz", "Dariusz", "Edward", "Grzegorz", "Henryk", "Jacek", "Jan", "Jerzy", "Józef",
    "Kazimierz", "Krzysztof", "Łukasz", "Marek", "Michał", "Paweł", "Piotr", "Ryszard", "Stanisław", "Tadeusz",
    "Tomasz", "Wojciech",
)  # fmt: skip
WOMEN = (
    "Agnieszka", "Alicja", "Anna", "Barbara", "Beata", "Bożena", "Danuta", "Elżbieta", "Ewa", "Grażyna", "Irena",
    "Jadwiga", "Joanna", "Katarzyna", "Krystyna", "Łucja", "Magdalena", "Małgorzata", "Maria", "Renata", "Teresa",
    "Urszula", "Zofia",
)  # fmt: skip

HOUSE_STREETS = (
    "Akacjowa", "Bławatkowa", "Brzozowa", "Chabrowa", "Cisowa", "Dębowa", "Fiołkowa", "Jarzębinowa", "Jaśminowa",
    "Jodłowa", "Kalinowa", "Klonowa", "Lipowa", "Łąkowa", "Malinowa", "Modrzewiowa", "Nad Strugą", "Olchowa",
    "Ogrodowa", "Polna", "Porzeczkowa", "Rumiankowa", "Sosnowa", "Świerkowa", "Topolowa", "Wiśniowa", "Wrzosowa",
    "Żurawinowa",
)  # fmt: skip
BLOCK_STREETS = ("Ciepłownicza", "Kościuszki", "Młyńska", "Ratuszowa", "Słoneczna", "Szkolna", "Wodna", "Źródlana")

FIRMS = (
    "Piekarnia Rogal Sp. z o.o.", "Hotel Pod Wierzbą Sp. z o.o.", "Szkoła Podstawowa nr 1", "Szkoła Podstawowa nr 2",
    "Przedszkole Miejskie Krasnal", "Przychodnia Zdrowie Sp. z o.o.", "Apteka Szałwia Sp. j.", "Basen Miejski Fala",
    "Pralnia Bąbelek Sp. z o.o.", "Myjnia Perła Sp. j.", "Restauracja Młyn Sp. z o.o.", "Cukiernia Eklerka Sp. j.",
    "Drukarnia Litera Sp. z o.o.", "Stolarnia Dębina Sp. z o.o.", "Zakład Ślusarski Klucznik Sp. j.",
    "Biblioteka Miejska", "Dom Kultury Wierzba", "Hurtownia Tęcza Sp. z o.o.", "Warsztat Tłok Sp. j.",
    "Ogrodnictwo Szklarnia Sp. z o.o.", "Zakład Mięsny Gród Sp. z o.o.", "Mleczarnia Śmietanka",
    "Kwiaciarnia Goździk Sp. j.", "Biuro Rachunkowe Saldo Sp. z o.o.", "Sklep Społem Wierzbogród",
    "Kino Iluzjon Sp. z o.o.", "Dom Seniora Jesień Sp. z o.o.", "Salon Fryzjerski Grzebień Sp. j.",
    "Betoniarnia Filar Sp. z o.o.", "Parafia św. Floriana", "Ochotnicza Straż Pożarna", "Urząd Miasta Wierzbogród",
)  # fmt: skip

MANAGER = "Zarządca Dobry Dom Sp. z o.o."

_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


def person(draw: Random) -> tuple[str, bool]:
    """A first name with a surname, and whether it is a woman's."""
    woman = draw.random() < 0.55
    surname = draw.choice(SURNAMES)[woman]
    return f"{draw.choice(WOMEN if woman else MEN)} {surname}", woman


def mailbox(name: str, suffix: str) -> str:
    """An address at a domain that can never exist (RFC 2606)."""
    name = name.removesuffix(" Sp. z o.o.").removesuffix(" Sp. j.")
    local = ".".join(word for word in name.translate(_PLAIN).lower().replace(".", "").split() if word.isalpha())
    return f"{local}{suffix}@poczta.example"


def fictitious_pesel(draw: Random, woman: bool) -> str:
    """A PESEL of somebody born in the 1800s: right by its check digit, and nobody alive has it."""
    year, month, day = draw.randrange(30, 100), draw.randrange(1, 13), draw.randrange(1, 29)
    digits = f"{year:02}{month + 80}{day:02}{draw.randrange(1000):03}{2 * draw.randrange(5) + (not woman)}"
    return digits + pesel.calc_check_digit(digits)


def fictitious_nip(serial: int) -> str:
    """The first right NIP of the hundred `serial`, in a range that is made up at sight (9990…)."""
    for digits in range(serial * 100, serial * 100 + 100):
        candidate = f"9990{digits:06}"
        if nip.is_valid(candidate):
            return candidate
    raise ValueError(f"no NIP is right in the hundred {serial}")


def fictitious_regon(serial: int) -> str:
    """A REGON in a range that is made up at sight (9900…)."""
    digits = f"9900{serial:04}"
    return digits + regon.calc_check_digit(digits)


def telephone(serial: int) -> str:
    """A telephone number in area 99, which does not exist."""
    return f"99 2{serial // 10000:02} {serial // 100 % 100:02} {serial % 100:02}"
