//! What a refusal's words probably mean. A hint for the report: nothing that matters may hang on it.

use super::answer::Answer;
use crate::reason::Reason;

/// Fragments of the panel's sentences, in lower case and with plain quotes, in the order in which they are looked for.
///
/// cPanel publishes no list of its messages, and they come in the account's language. The English ones are seen with
/// independent clients; those of other languages are how these languages say it.
const FRAGMENTS: &[(Reason, &[&str])] = &[
    (
        Reason::TooWeak,
        &[
            "too weak",
            "strength rating",
            "easy to guess",
            "trop faible",
            "facile à deviner",
            "zu schwach",
            "demasiado débil",
            "muito fraca",
            "demasiado fraca",
            "troppo debole",
            "te zwak",
        ],
    ),
    (
        Reason::NoSuchMailbox,
        &[
            "do not have an email account",
            "email account does not exist",
            "n'avez pas de compte de messagerie",
            "n'avez aucun compte de messagerie",
            "kein e-mail-konto",
            "no tiene una cuenta de correo",
            "não tem uma conta de e-mail",
            "non ha un account e-mail",
            "geen e-mailaccount",
        ],
    ),
    (
        Reason::NoSuchAccount,
        &[
            "do not have a user named",
            "user parameter is invalid",
            "do not have access to an account",
            "n'avez aucun utilisateur nommé",
            "n'avez pas accès au compte",
            "keinen benutzer mit dem namen",
            "no tiene un usuario",
            "não tem um usuário",
            "non ha un utente",
            "geen gebruiker met de naam",
        ],
    ),
    (
        Reason::AccountSuspended,
        &[
            "account is suspended",
            "suspended account",
            "compte est suspendu",
            "konto ist gesperrt",
            "cuenta está suspendida",
            "conta está suspensa",
            "account è sospeso",
            "account is opgeschort",
        ],
    ),
    (
        Reason::NoSuchDomain,
        &[
            "do not have access to the domain",
            "does not own the domain",
            "do not own the domain",
            "n'avez pas accès au domaine",
            "keinen zugriff auf die domain",
            "no tiene acceso al dominio",
            "não tem acesso ao domínio",
            "non ha accesso al dominio",
            "geen toegang tot het domein",
        ],
    ),
    (
        Reason::FeatureOff,
        &[
            "do not have the feature",
            "does not have the feature",
            "feature is disabled",
            "role is disabled",
            "role is not enabled",
            "could not find the function",
            "unknown app",
            "failed to load module",
            "n'avez pas la fonctionnalité",
            "nicht über die funktion",
            "no tiene la función",
            "não tem o recurso",
            "non ha la funzione",
        ],
    ),
    (
        Reason::NotPermitted,
        &[
            "permission denied",
            "access denied",
            "not authorized",
            "not permitted",
            "permission refusée",
            "accès refusé",
            "zugriff verweigert",
            "permiso denegado",
            "acceso denegado",
            "permissão negada",
            "acesso negado",
            "permesso negato",
            "accesso negato",
            "toegang geweigerd",
        ],
    ),
];

/// The reason that a refusal's own words point to; [`Reason::Rejected`] where they point to none.
#[must_use]
pub fn reason(answer: &Answer) -> Reason {
    let words: String = answer.errors.iter().flat_map(|text| text.chars().chain(['\n'])).map(plain).collect();
    let words = words.to_lowercase();
    FRAGMENTS
        .iter()
        .find(|(_, fragments)| fragments.iter().any(|fragment| words.contains(fragment)))
        .map_or(Reason::Rejected, |(reason, _)| *reason)
}

/// Folds curly quotes and guillemets to straight ones, and the blanks that French sets inside them to a space.
const fn plain(character: char) -> char {
    match character {
        '“' | '”' | '„' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        '\u{a0}' | '\u{202f}' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::answer::Verdict;

    /// NET-31.
    #[test]
    fn the_words_point_to_a_reason() {
        for (text, expected) in [
            ("Sorry, the password you selected has a strength rating of “10” … “65” or higher.", Reason::TooWeak),
            ("The password is too weak and would be too easy to guess/crack.", Reason::TooWeak),
            ("Le mot de passe est trop faible.", Reason::TooWeak),
            ("Ce mot de passe est trop facile à deviner.", Reason::TooWeak),
            ("You do not have an email account named “anna@example.com”.", Reason::NoSuchMailbox),
            ("Vous n’avez pas de compte de messagerie nommé « anna@example.com ».", Reason::NoSuchMailbox),
            ("YOU DO NOT HAVE ACCESS TO THE DOMAIN 'example.org'", Reason::NoSuchDomain),
            ("You do not have the feature “popaccts”.", Reason::FeatureOff),
            ("The system could not find the function “passwd_popp” in the module “Email”.", Reason::FeatureOff),
            ("Failed to load module “Emai”: …", Reason::FeatureOff),
            ("You do not have a user named “shop”.", Reason::NoSuchAccount),
            ("User parameter is invalid or was not supplied", Reason::NoSuchAccount),
            ("You do not have access to an account named “shop”.", Reason::NoSuchAccount),
            ("Vous n’avez aucun utilisateur nommé « shop ».", Reason::NoSuchAccount),
            ("Your account is suspended.", Reason::AccountSuspended),
            ("The account is suspended, so its password cannot be changed.", Reason::AccountSuspended),
            ("Le compte est suspendu : son mot de passe ne peut changer.", Reason::AccountSuspended),
            ("The email account “anna@example.com” is suspended.", Reason::Rejected),
            ("Unknown app (“batch”) requested for this version (1) of the API.", Reason::FeatureOff),
            ("Access denied: the token lacks the privilege “passwd”.", Reason::NotPermitted),
            ("Permission denied", Reason::NotPermitted),
            ("Provide the “password” argument.", Reason::Rejected),
            ("The request failed. (Error ID: a1b2c3)", Reason::Rejected),
            ("", Reason::Rejected),
        ] {
            let answer = Answer {
                errors: vec!["Something else.".to_owned(), text.to_owned()],
                messages: vec!["too weak".to_owned()],
                ..Answer::bare(Verdict::Refused)
            };
            assert_eq!(reason(&answer), expected, "{text}");
        }
    }

    #[test]
    fn fragments_are_folded_as_texts_are() {
        for fragment in FRAGMENTS.iter().flat_map(|(_, fragments)| *fragments) {
            let folded: String = fragment.chars().map(plain).collect();
            assert_eq!(folded.to_lowercase(), *fragment);
        }
    }
}
