//! Which servers are trusted: those whose certificate an authority signed that this machine knows (an
//! institution's own among them), or the one whose certificate was named by its fingerprint.

use std::fmt::{self, Write};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use sha2::{Digest, Sha256};

/// The SHA-256 of a certificate, written `sha256:` with 64 hexadecimal digits.
///
/// ```
/// use convoca::transport::Fingerprint;
/// let openssl = "SHA256:E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55";
/// let plain = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// assert_eq!(openssl.parse::<Fingerprint>()?.to_string(), plain);
/// assert!("sha256:e3b0".parse::<Fingerprint>().is_err());
/// # Ok::<(), convoca::transport::NoFingerprint>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

/// A text that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFingerprint;

impl fmt::Display for NoFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`sha256:` with 64 hexadecimal digits")
    }
}

impl std::error::Error for NoFingerprint {}

impl Fingerprint {
    fn of(certificate: &CertificateDer<'_>) -> Fingerprint {
        Fingerprint(Sha256::digest(certificate).into())
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Fingerprint, NoFingerprint> {
        let lower = text.trim().to_ascii_lowercase();
        let digits: Vec<u32> = lower
            .strip_prefix("sha256:")
            .ok_or(NoFingerprint)?
            .chars()
            .filter(|sign| *sign != ':')
            .map(|sign| sign.to_digit(16).ok_or(NoFingerprint))
            .collect::<Result<_, _>>()?;
        let octets: Vec<u8> = digits.chunks_exact(2).filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect();
        match octets.try_into() {
            Ok(octets) if digits.len() == 64 => Ok(Fingerprint(octets)),
            _ => Err(NoFingerprint),
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = String::new();
        for octet in self.0 {
            write!(digits, "{octet:02x}")?;
        }
        write!(f, "sha256:{digits}")
    }
}

/// Judges a server's certificate, and keeps which one it was.
#[derive(Debug)]
pub(crate) struct Trust {
    /// `None` where this machine knows no authority at all.
    known: Option<Arc<WebPkiServerVerifier>>,
    /// The one certificate that is trusted, whoever signed it.
    only: Option<Fingerprint>,
    provider: Arc<CryptoProvider>,
    shown: Mutex<Option<Fingerprint>>,
}

impl Trust {
    pub(crate) fn new(only: Option<Fingerprint>) -> Trust {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = RootCertStore::empty();
        if only.is_none() {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        let known = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider)).build().ok();
        Trust { known, only, provider, shown: Mutex::default() }
    }

    /// The certificate that the server showed.
    pub(crate) fn shown(&self) -> Option<Fingerprint> {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn configuration(self: &Arc<Trust>) -> Result<ClientConfig, Error> {
        let versions = ClientConfig::builder_with_provider(Arc::clone(&self.provider)).with_safe_default_protocol_versions()?;
        let verifier: Arc<Trust> = Arc::clone(self);
        Ok(versions.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let shown = Fingerprint::of(certificate);
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown);
        match (self.only, &self.known) {
            (Some(only), _) if only == shown => Ok(ServerCertVerified::assertion()),
            (Some(_), _) => Err(CertificateError::ApplicationVerificationFailure.into()),
            (None, Some(known)) => known.verify_server_cert(certificate, between, name, ocsp, now),
            (None, None) => Err(CertificateError::UnknownIssuer.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
