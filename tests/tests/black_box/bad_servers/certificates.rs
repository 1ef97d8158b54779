//! Certificates of every bad kind.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use cprekey_tests::Place;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, date_time_ymd,
};

/// A certificate and its key, in files, and what a client is told to trust.
pub(super) struct Shown {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
    pub(super) trusted: PathBuf,
}

impl Shown {
    /// The same, and the client trusts it as if it were an authority.
    pub(super) fn trusted_itself(self) -> Self {
        Self { trusted: self.certificate.clone(), ..self }
    }
}

/// Issues certificates in a place.
pub(super) struct Mint<'a> {
    place: &'a Place,
    root: CertificateParams,
    root_key: KeyPair,
}

impl<'a> Mint<'a> {
    /// With an authority of its own, which clients trust.
    pub(super) fn new(place: &'a Place) -> Self {
        let root_key = KeyPair::generate().unwrap();
        let root = authority("root");
        write(place, "trusted.pem", &root.clone().self_signed(&root_key).unwrap().pem());
        Self { place, root, root_key }
    }

    /// By the trusted authority, for localhost, but for what `change` makes of it.
    pub(super) fn issued(&self, change: impl FnOnce(&mut CertificateParams)) -> Shown {
        let key = KeyPair::generate().unwrap();
        let mut params = leaf();
        change(&mut params);
        let certificate = params.signed_by(&key, &Issuer::from_params(&self.root, &self.root_key)).unwrap();
        self.shown(&certificate.pem(), &key, "trusted.pem")
    }

    /// By itself.
    pub(super) fn self_signed(&self, change: impl FnOnce(&mut CertificateParams)) -> Shown {
        let key = KeyPair::generate().unwrap();
        let mut params = leaf();
        change(&mut params);
        self.shown(&params.self_signed(&key).unwrap().pem(), &key, "trusted.pem")
    }

    /// By an authority that nobody trusts, or that the trusted one vouches for in a certificate which is not shown.
    pub(super) fn second_hand(&self, vouched_for: bool) -> Shown {
        let between = KeyPair::generate().unwrap();
        let params = authority("between");
        if vouched_for {
            params.signed_by(&between, &Issuer::from_params(&self.root, &self.root_key)).unwrap();
        }
        let key = KeyPair::generate().unwrap();
        let certificate = leaf().signed_by(&key, &Issuer::from_params(&params, &between)).unwrap();
        self.shown(&certificate.pem(), &key, "trusted.pem")
    }

    /// By an authority that openssl makes, which clients trust: with a key of this kind, signed so, and of X.509 version 1 without
    /// extensions.
    pub(super) fn by_openssl(&self, key: &str, signed: &str, extensions: bool) -> Shown {
        let extensions = if extensions { "-extfile names" } else { "" };
        let script = format!(
            "set -e
             openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -subj /CN=root -days 30
             openssl req -new -newkey {key} -nodes -keyout key.pem -out request.pem -subj /CN=localhost
             printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n' > names
             openssl x509 -req -in request.pem -CA root.pem -CAkey root.key -set_serial 7 -days 30 {signed} {extensions} -out certificate.pem"
        );
        let made = Command::new("sh").arg("-c").arg(&script).current_dir(self.place.path("")).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let [certificate, key, trusted] = ["certificate.pem", "key.pem", "root.pem"].map(|name| self.place.path(name));
        Shown { certificate, key, trusted }
    }

    fn shown(&self, certificate: &str, key: &KeyPair, trusted: &str) -> Shown {
        write(self.place, "certificate.pem", certificate);
        write(self.place, "key.pem", &key.serialize_pem());
        let [certificate, key, trusted] = ["certificate.pem", "key.pem", trusted].map(|name| self.place.path(name));
        Shown { certificate, key, trusted }
    }
}

/// Valid from that year to that one.
pub(super) fn dated(from: i32, until: i32) -> impl FnOnce(&mut CertificateParams) {
    move |params| (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(until, 1, 1))
}

/// Marked as an authority's own.
pub(super) fn as_authority(params: &mut CertificateParams) {
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
}

/// For clients alone.
pub(super) fn for_clients(params: &mut CertificateParams) {
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
}

/// For another host.
pub(super) fn for_another(params: &mut CertificateParams) {
    params.subject_alt_names =
        CertificateParams::new(vec!["another.example.com".to_owned()]).unwrap().subject_alt_names;
}

fn leaf() -> CertificateParams {
    let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::ExplicitNoCa;
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn write(place: &Place, name: &str, text: &str) {
    fs::write(place.path(name), text).unwrap();
}
