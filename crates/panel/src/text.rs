//! What the panel says to people, in the languages it knows.
//!
//! The sentences are this project's own; they keep the fragments that programs are known to look for.

use serde::{Deserialize, Serialize};

/// The language of an account, which also decides the quotation marks.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Language {
    /// English with curly quotes.
    #[default]
    En,
    /// English with straight quotes, as older panels have them.
    EnStraight,
    /// French with guillemets.
    Fr,
}

impl Language {
    /// The name of the locale, as `Variables::get_user_information` gives it.
    pub(crate) fn locale(self) -> &'static str {
        match self {
            Self::En | Self::EnStraight => "en",
            Self::Fr => "fr",
        }
    }

    fn quote(self, text: &str) -> String {
        match self {
            Self::En => format!("“{text}”"),
            Self::EnStraight => format!("\"{text}\""),
            Self::Fr => format!("« {text} »"),
        }
    }
}

/// Why a call is refused.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    /// The password scores below what is required.
    TooWeak {
        /// Its score.
        score: u8,
        /// The score that would do.
        required: u8,
    },
    /// There is no such mailbox.
    NoMailbox(String),
    /// The domain is not one of the account's.
    NoDomain(String),
    /// The account lacks a feature.
    NoFeature(String),
    /// The module has no such function.
    NoFunction {
        /// The function asked for.
        function: String,
        /// The module it was sought in.
        module: String,
    },
    /// There is no such module.
    NoModule(String),
    /// A required argument is not there.
    NoArgument(String),
    /// An argument's value makes no sense.
    BadArgument(String),
    /// The server role that the function needs is off.
    RoleOff,
    /// The mailbox is suspended, and that is in the way.
    MailboxSuspended(String),
    /// The account is suspended, and that is in the way.
    AccountSuspended,
    /// The old password that was given is not the account's.
    WrongPassword,
    /// The first cPanel API cannot be called here.
    Api1,
    /// A suspended account's own password cannot be changed.
    Locked,
    /// No account has the domain.
    NoOwner(String),
    /// There is no account of that name, said to a user of WHM.
    NoUser(String),
    /// The account belongs to somebody else.
    NotOwned(String),
    /// WHM has no such function.
    NoApp(String),
    /// A batch has more commands than this.
    BatchTooLarge(usize),
    /// The token lacks a privilege of WHM.
    NoPrivilege(String),
    /// The panel itself failed; the six characters stand in its error log.
    Internal(String),
}

impl Refusal {
    /// The sentence in `language`.
    pub(crate) fn say(&self, language: Language) -> String {
        match language {
            Language::En | Language::EnStraight => self.english(|text| language.quote(text)),
            Language::Fr => self.french(|text| language.quote(text)),
        }
    }

    fn english(&self, q: impl Fn(&str) -> String) -> String {
        match self {
            Self::TooWeak { score, required } => format!(
                "The password that you entered has a strength rating of {}, so it is too weak and too easy to guess. \
                 Choose one with a rating of {} or higher.",
                q(&score.to_string()),
                q(&required.to_string())
            ),
            Self::NoMailbox(name) => format!("You do not have an email account named {}.", q(name)),
            Self::NoDomain(name) => format!("You do not have access to the domain {}.", q(name)),
            Self::NoFeature(name) => format!("You do not have the feature {}.", q(name)),
            Self::NoFunction { function, module } => {
                format!("The system could not find the function {} in the module {}.", q(function), q(module))
            }
            Self::NoModule(name) => format!("Failed to load module {}: there is no such module.", q(name)),
            Self::NoArgument(name) => format!("Provide the {} argument.", q(name)),
            Self::BadArgument(name) => format!("The value of the {} argument is not valid.", q(name)),
            Self::RoleOff => format!("The server role {} is off, so this function is disabled.", q("Receive Mail")),
            Self::MailboxSuspended(name) => format!("The email account {} is suspended.", q(name)),
            Self::AccountSuspended => "Your account is suspended.".to_owned(),
            Self::WrongPassword => "The current password that you entered is not correct.".to_owned(),
            Self::Api1 => "This version of the API cannot be called here.".to_owned(),
            Self::Locked => "The account is suspended, so its password cannot be changed.".to_owned(),
            Self::NoOwner(domain) => format!("No account owns the domain {}.", q(domain)),
            Self::NoUser(name) => format!("You do not have a user named {}.", q(name)),
            Self::NotOwned(name) => format!("You do not have access to an account named {}.", q(name)),
            Self::NoApp(name) => format!("Unknown app ({}) requested for this version (1) of the API.", q(name)),
            Self::BatchTooLarge(most) => format!("A batch may have {most} commands at most."),
            Self::NoPrivilege(name) => format!("Access denied: the token lacks the privilege {}.", q(name)),
            Self::Internal(id) => format!("The request failed. (Error ID: {id}) Ask your hosting provider for help."),
        }
    }

    fn french(&self, q: impl Fn(&str) -> String) -> String {
        match self {
            Self::TooWeak { score, required } => format!(
                "Le mot de passe saisi a une force de {}, il est donc trop facile à deviner. \
                 Choisissez-en un dont la force est d’au moins {}.",
                q(&score.to_string()),
                q(&required.to_string())
            ),
            Self::NoMailbox(name) => format!("Vous n’avez aucun compte de messagerie nommé {}.", q(name)),
            Self::NoDomain(name) => format!("Vous n’avez pas accès au domaine {}.", q(name)),
            Self::NoFeature(name) => format!("Vous ne disposez pas de la fonctionnalité {}.", q(name)),
            Self::NoFunction { function, module } => {
                format!("La fonction {} est introuvable dans le module {}.", q(function), q(module))
            }
            Self::NoModule(name) => format!("Échec du chargement du module {}.", q(name)),
            Self::NoArgument(name) => format!("Indiquez l’argument {}.", q(name)),
            Self::BadArgument(name) => format!("La valeur de l’argument {} n’est pas valide.", q(name)),
            Self::RoleOff => format!("Le rôle de serveur {} est désactivé.", q("Receive Mail")),
            Self::MailboxSuspended(name) => format!("Le compte de messagerie {} est suspendu.", q(name)),
            Self::AccountSuspended => "Votre compte est suspendu.".to_owned(),
            Self::WrongPassword => "Le mot de passe actuel n’est pas le bon.".to_owned(),
            Self::Api1 => "Cette version de l’API ne peut être appelée ici.".to_owned(),
            Self::Locked => "Le compte est suspendu : son mot de passe ne peut changer.".to_owned(),
            Self::NoOwner(domain) => format!("Aucun compte ne possède le domaine {}.", q(domain)),
            Self::NoUser(name) => format!("Vous n’avez aucun utilisateur nommé {}.", q(name)),
            Self::NotOwned(name) => format!("Vous n’avez pas accès au compte {}.", q(name)),
            Self::NoApp(name) => format!("L’application {} est inconnue de cette version (1) de l’API.", q(name)),
            Self::BatchTooLarge(most) => format!("Un lot compte {most} commandes au plus."),
            Self::NoPrivilege(name) => format!("Accès refusé : il manque au jeton le privilège {}.", q(name)),
            Self::Internal(id) => format!("La requête a échoué. (Error ID: {id})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_the_quotes_of_its_language() {
        let refusal = Refusal::NoMailbox("anna@example.com".to_owned());
        assert_eq!(refusal.say(Language::En), "You do not have an email account named “anna@example.com”.");
        assert_eq!(refusal.say(Language::EnStraight), "You do not have an email account named \"anna@example.com\".");
        assert!(refusal.say(Language::Fr).contains("« anna@example.com »"));
    }

    #[test]
    fn a_weak_password_is_told_with_both_numbers() {
        let said = Refusal::TooWeak { score: 12, required: 65 }.say(Language::En);
        assert!(said.contains("strength rating of “12”") && said.contains("“65” or higher"), "{said}");
    }
}
