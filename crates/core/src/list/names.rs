//! The names that headers have: English, French, Spanish, German and Portuguese. A new language is new words here.

use zeroize::Zeroizing;

use super::facts::Field;
use crate::target::Kind;

/// What a header says that its column is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Heading {
    Email,
    /// An address, of whatever kind; [`Heading::Email`] goes before it.
    Address,
    /// A user, who may have an e-mail address of another name; both headings above go before it.
    User,
    Domain,
    /// A password that is surely the one to set; it goes before [`Heading::Password`].
    NewPassword,
    Password,
    Kind,
    OldPassword,
    /// The cPanel account that a mailbox is of.
    Account,
}

/// The names, folded as [`fold`] does it, and separated by spaces.
const NAMES: &[(Heading, &str)] = &[
    (
        Heading::Email,
        "email mail emailaddress mailaddress emailaccount mailbox adressemail adresseemail adresseelectronique \
         adressedemessagerie courriel comptemail boitemail boiteauxlettres correo correoelectronico \
         direcciondecorreo direcciondecorreoelectronico cuentadecorreo buzon emailadresse mailadresse postfach \
         enderecodeemail correioeletronico correioelectronico contadeemail caixadecorreio",
    ),
    (Heading::Address, "address adresse direccion endereco"),
    (
        Heading::User,
        "user username login utilisateur nomdutilisateur compte cuenta usuario nombredeusuario benutzer \
         benutzername nutzer nutzername konto utilizador nomedeutilizador nomedeusuario conta",
    ),
    (Heading::Domain, "domain domainname domaine nomdedomaine dominio domane domaene"),
    (
        Heading::Password,
        "password passwd pass pw pwd motdepasse mdp contrasena clave kennwort passwort senha palavrapasse",
    ),
    (
        Heading::NewPassword,
        "newpassword newpasswd newpass newpw newpwd passwordnew nouveaumotdepasse nouveaumdp motdepassenouveau \
         nuevacontrasena contrasenanueva nuevaclave neueskennwort neuespasswort kennwortneu passwortneu \
         novasenha senhanova novapalavrapasse palavrapassenova",
    ),
    (Heading::Kind, "kind type typ art tipo"),
    (
        Heading::OldPassword,
        "oldpassword oldpasswd oldpass oldpw currentpassword passwordold ancienmotdepasse ancienmdp \
         motdepasseactuel contrasenaanterior contrasenaactual contrasenaantigua alteskennwort altespasswort \
         kennwortalt passwortalt senhaantiga senhaatual palavrapasseantiga palavrapasseatual",
    ),
    (Heading::Account, "account cpanelaccount cpaneluser"),
];

/// What a header says that its column is, if it is a known one.
pub(super) fn heading(header: &str) -> Option<Heading> {
    // Where there is no header, it may be a password.
    let folded = Zeroizing::new(fold(header));
    NAMES.iter().find(|(_, names)| names.split(' ').any(|name| name == *folded)).map(|(heading, _)| *heading)
}

/// A text as it is compared: in lower case, without accents, and nothing but letters and digits.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()) {
        match letter {
            'à'..='å' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' => folded.push('c'),
            'è'..='ë' => folded.push('e'),
            'ì'..='ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò'..='ö' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ù'..='ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ß' => folded.push_str("ss"),
            plain => folded.push(plain),
        }
    }
    folded
}

impl Heading {
    /// The field that such a column fills.
    pub(super) const fn field(self) -> Field {
        match self {
            Self::Email | Self::Address | Self::User => Field::Email,
            Self::Domain => Field::Domain,
            Self::Password | Self::NewPassword => Field::Password,
            Self::Kind => Field::Kind,
            Self::OldPassword => Field::OldPassword,
            Self::Account => Field::Account,
        }
    }

    /// Where it stands among the headings of one field: the lowest goes first.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::User => 2,
            Self::Address | Self::Password => 1,
            Self::Email | Self::NewPassword | Self::Domain | Self::Kind | Self::OldPassword | Self::Account => 0,
        }
    }
}

/// The words that kinds have, folded and separated by spaces.
const KINDS: &[(Kind, &str)] = &[
    (
        Kind::Mailbox,
        "mailbox email mail emailaccount boitemail boiteauxlettres courriel buzon correo cuentadecorreo postfach \
         mailkonto caixadecorreio contadeemail",
    ),
    (
        Kind::Account,
        "account cpanelaccount cpanel compte comptecpanel cuenta cuentacpanel cuentadecpanel konto cpanelkonto conta \
         contacpanel contadocpanel",
    ),
];

/// The kind that a word means, if it is a known one.
pub(super) fn kind(word: &str) -> Option<Kind> {
    let folded = fold(word);
    KINDS.iter().find(|(_, words)| words.split(' ').any(|word| word == folded)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_in_any_case_with_or_without_accents_and_separators() {
        for (header, known) in [
            ("email", Heading::Email),
            ("E-Mail", Heading::Email),
            (" E-Mail-Adresse ", Heading::Email),
            ("Utilisateur", Heading::User),
            ("Adresse", Heading::Address),
            ("correo electrónico", Heading::Email),
            ("CORREO_ELECTRO\u{301}NICO", Heading::Email),
            ("domínio", Heading::Domain),
            ("Domäne", Heading::Domain),
            ("Contraseña", Heading::Password),
            ("Palavra-passe", Heading::Password),
            ("mot_de_passe :", Heading::Password),
            ("Nouveau mot de passe", Heading::NewPassword),
            ("neues Passwort", Heading::NewPassword),
            ("newpass", Heading::NewPassword),
            ("ancien mot de passe", Heading::OldPassword),
            ("Type", Heading::Kind),
            ("account", Heading::Account),
        ] {
            assert_eq!(heading(header), Some(known), "{header}");
        }
        for header in ["", "name", "password hint", "anna@example.com", "123"] {
            assert_eq!(heading(header), None, "{header}");
        }
    }

    #[test]
    fn kinds_are_known_in_every_language() {
        for (word, known) in [
            ("mailbox", Some(Kind::Mailbox)),
            ("Boîte mail", Some(Kind::Mailbox)),
            ("e-mail account", Some(Kind::Mailbox)),
            ("Account", Some(Kind::Account)),
            ("compte", Some(Kind::Account)),
            ("Compte cPanel", Some(Kind::Account)),
            ("cuenta", Some(Kind::Account)),
            ("cPanel-Konto", Some(Kind::Account)),
            ("conta", Some(Kind::Account)),
            ("forwarder", None),
            ("user", None),
        ] {
            assert_eq!(kind(word), known, "{word}");
        }
    }

    #[test]
    fn the_tables_are_folded_and_no_name_stands_twice() {
        let headings: Vec<_> = NAMES.iter().flat_map(|(_, names)| names.split(' ')).collect();
        let kinds: Vec<_> = KINDS.iter().flat_map(|(_, words)| words.split(' ')).collect();
        for mut names in [headings, kinds] {
            assert!(names.iter().all(|name| fold(name) == *name));
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count);
        }
    }
}
