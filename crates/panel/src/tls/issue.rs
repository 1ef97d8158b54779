//! Makes certificates of every shape.

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, Error, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

use super::shape::Shape;

/// The name in a certificate for somebody else.
const OTHER_NAME: &str = "another-server.invalid";

/// A server certificate, and the certificate that a client has to trust for it.
pub(super) struct Issued {
    /// What the server shows.
    pub(super) leaf: Certificate,
    /// What signed it; absent when it signed itself.
    pub(super) authority: Option<Certificate>,
}

/// Issues a certificate for `names` with the server's key.
///
/// # Errors
///
/// When a name cannot stand in a certificate.
pub(super) fn issue(shape: Shape, names: &[String], server: &KeyPair, authority: &KeyPair) -> Result<Issued, Error> {
    let mut leaf = leaf_params(shape, names)?;
    match shape {
        Shape::SelfSignedCa | Shape::SelfSignedLeaf | Shape::CnOnly => {
            Ok(Issued { leaf: leaf.self_signed(server)?, authority: None })
        }
        Shape::CaSigned | Shape::WrongName | Shape::Expired => {
            let params = authority_params()?;
            let signed = params.self_signed(authority)?;
            // RFC 5280 wants it of every authority, and strict clients refuse a certificate without it.
            leaf.use_authority_key_identifier_extension = true;
            let leaf = leaf.signed_by(server, &Issuer::new(params, authority))?;
            Ok(Issued { leaf, authority: Some(signed) })
        }
    }
}

fn leaf_params(shape: Shape, names: &[String]) -> Result<CertificateParams, Error> {
    let listed = match shape {
        Shape::CnOnly => Vec::new(),
        Shape::WrongName => vec![OTHER_NAME.to_owned()],
        _ => names.to_vec(),
    };
    let common = listed.first().or(names.first()).cloned().unwrap_or_default();
    let mut params = named(listed, &common)?;
    params.is_ca = match shape {
        Shape::SelfSignedCa => IsCa::Ca(BasicConstraints::Unconstrained),
        _ => IsCa::ExplicitNoCa,
    };
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    if shape == Shape::Expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    }
    Ok(params)
}

fn authority_params() -> Result<CertificateParams, Error> {
    let mut params = named(Vec::new(), "cprekey rehearsal authority")?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn named(names: Vec<String>, common: &str) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, common);
    Ok(params)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// How the authority key identifier is named in a certificate: 2.5.29.35.
    const AUTHORITY_KEY: [u8; 5] = [0x06, 0x03, 0x55, 0x1d, 0x23];

    #[test]
    fn what_an_authority_signs_names_its_key() {
        let (server, authority) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        for shape in [Shape::CaSigned, Shape::WrongName, Shape::Expired] {
            let issued = issue(shape, &["localhost".to_owned()], &server, &authority).unwrap();
            assert!(issued.leaf.der().windows(5).any(|bytes| bytes == AUTHORITY_KEY), "{shape:?}");
        }
    }
}
